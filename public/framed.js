// Inside a partner's page: an Escape that closes nothing here closes the frame.
if (window.parent !== window)
  document.addEventListener(
    'keydown',
    (event) => {
      const busy = document.querySelector('dialog[open], header details[open]');
      // To whomever has framed us, which the server has allowed; it says nothing but that.
      if (event.key === 'Escape' && !busy) window.parent.postMessage('guichet:close', '*');
    },
    { capture: true },
  );
