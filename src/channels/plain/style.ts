/** Style of the plain page: its own, so that the page is one file. */
export const style = `
*{box-sizing:border-box}
body{max-width:44rem;margin:0 auto;padding:.5rem 1rem 2rem;color:#1b1b1b;background:#fff;font:1rem/1.5 system-ui,"Noto Sans","Noto Sans Arabic","Noto Sans SC",sans-serif}
h1{margin:0;color:#0a3d7a;font-size:1.35rem}
h2{font-size:1.15rem}h3{font-size:1.05rem}h4,h5{font-size:1rem}
p,ul{margin:.4rem 0}
p{unicode-bidi:plaintext}
a{color:#0a3d7a}
.skip{position:absolute;inset-block-start:-10rem}
.skip:focus{position:static}
.soft{color:#444;font-size:.875rem}
.notice{padding:.5rem .75rem;background:#fff4ce;border:1px solid #767676}
.you{padding:.5rem .75rem;background:#e8eef6;border-inline-start:4px solid #0a3d7a}
.card{margin:.75rem 0;padding:.5rem 1rem;border:1px solid #767676;border-radius:.25rem}
.card h2,.card h3{margin:.5rem 0}
.lines{padding:0;list-style:none}
.note{color:#444;font-size:.875rem}
details{margin:.5rem 0}
summary{min-height:2rem;cursor:pointer}
button,textarea,input{min-height:2.75rem;padding:.25rem .75rem;color:inherit;background:#fff;border:2px solid #0a3d7a;border-radius:.25rem;font:inherit}
button{margin:.2rem 0;text-align:start;cursor:pointer}
.choices button,.card button{display:block;width:100%}
textarea{display:block;width:100%}
:focus-visible{outline:3px solid #1b1b1b;outline-offset:2px}
nav form,nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none}
nav button{border-color:transparent;padding-inline:0;color:#0a3d7a;text-decoration:underline}
`.replace(/\n/g, '');
