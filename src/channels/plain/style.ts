/** Style of a conversation drawn as forms, inside `.talk`: of the plain page, and of the first question in the web chat page. */
export const talkStyle = `
.talk h2{font-size:1.15rem}.talk h3{font-size:1.05rem}.talk h4,.talk h5{font-size:1rem}
.talk p,.talk ul{margin:.4rem 0}
.talk p{unicode-bidi:plaintext}
.talk a{color:#0a3d7a}
.talk .notice{padding:.5rem .75rem;background:#fff4ce;border:1px solid #767676}
.talk .you{padding:.5rem .75rem;background:#e8eef6;border-inline-start:4px solid #0a3d7a}
.talk .card{margin:.75rem 0;padding:.5rem 1rem;border:1px solid #767676;border-radius:.25rem}
.talk .card h2,.talk .card h3{margin:.5rem 0}
.talk .lines{padding:0;list-style:none}
.talk .note{color:#444;font-size:.875rem}
.talk details{margin:.5rem 0}
.talk summary{display:list-item;min-height:2.75rem;padding:.5rem .25rem;border:0;cursor:pointer}
.talk button,.talk textarea,.talk input{min-height:2.75rem;padding:.25rem .75rem;color:inherit;background:#fff;border:2px solid #0a3d7a;border-radius:.25rem;font:inherit}
.talk button{margin:.2rem 0;text-align:start;cursor:pointer}
.talk .choices{padding:0;list-style:none}.talk .choices button{display:block;width:100%}
.talk textarea{display:block;width:100%}
.talk :focus-visible{outline:3px solid #1b1b1b;outline-offset:2px}
.talk #now:focus{outline:none}
`.replace(/\n/g, '');

/** Style of the rest of the plain page. */
export const pageStyle = `
*{box-sizing:border-box}
body{max-width:44rem;margin:0 auto;padding:.5rem 1rem 2rem;color:#1b1b1b;background:#fff;font:1rem/1.5 system-ui,"Noto Sans","Noto Sans Arabic","Noto Sans SC",sans-serif}
h1{margin:0;color:#0a3d7a;font-size:1.35rem}
.skip{position:absolute;inset-block-start:-10rem}
.skip:focus{position:static}
.soft{color:#444;font-size:.875rem}
nav form,nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none}
.talk nav button{border-color:transparent;padding-inline:0;color:#0a3d7a;text-decoration:underline}
`.replace(/\n/g, '');

/** Where the first question stands in the web chat page, and Web Chat while it is not ready yet: laid out, but out of sight. */
export const startStyle = `
#start{flex:1 1 auto;width:100%;max-width:60rem;margin:0 auto;padding:.5rem 1rem 1rem;overflow:auto}
#start:not([hidden]) ~ #chat{position:absolute;inset-block-start:-200vh;height:70vh;visibility:hidden}
#start .opening{color:#444;font-size:.875rem}
`.replace(/\n/g, '');
