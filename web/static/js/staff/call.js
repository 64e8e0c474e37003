// How long did the call take? The minutes since the page was opened, where nobody wrote a number.
(() => {
  const form = document.querySelector("form[data-call]");
  if (!form) return;
  const opened = Date.now();
  form.addEventListener("submit", () => {
    const minutes = form.elements.minutes;
    if (!minutes.value) minutes.value = String(Math.min(240, Math.max(1, Math.round((Date.now() - opened) / 60000))));
  });
})();
