/* Where is the reader now? A button beside the box for a town, only where the browser can tell. The place is rounded to
   some 500 m here, before it leaves the telephone; nobody is asked before the button is pressed. */
(() => {
  "use strict";
  const STEP = 0.005, WAIT = 15000, STILL_TRUE = 300000;
  if (!navigator.geolocation || !window.isSecureContext) return;
  for (const box of document.querySelectorAll("input[data-here]")) offer(box);

  function offer(box) {
    const button = make("button", { type: "button", className: "btn btn-2", textContent: box.dataset.here });
    const status = make("p", { className: "hint" });
    status.setAttribute("role", "status");
    box.form.append(button, status);
    button.addEventListener("click", () => {
      status.textContent = box.dataset.waiting;
      navigator.geolocation.getCurrentPosition(
        found => ask(box, found.coords), () => { status.textContent = box.dataset.unknown; },
        { timeout: WAIT, maximumAge: STILL_TRUE });
    });
  }

  function ask(box, { latitude, longitude }) {
    const value = [latitude, longitude].map(degrees => (Math.round(degrees / STEP) * STEP).toFixed(3)).join(",");
    box.form.append(make("input", { type: "hidden", name: "at", value }));
    box.disabled = true;
    box.form.submit();
  }

  function make(name, properties) { return Object.assign(document.createElement(name), properties); }
})();
