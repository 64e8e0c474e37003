/* Which password did I type? A tick beside the box shows it. */
(() => {
  "use strict";
  for (const box of document.querySelectorAll("input[data-show]")) {
    const tick = Object.assign(document.createElement("input"), { type: "checkbox" });
    const label = Object.assign(document.createElement("label"), { className: "choice" });
    label.append(tick, Object.assign(document.createElement("span"), { textContent: box.dataset.show }));
    box.after(label);
    tick.addEventListener("change", () => { box.type = tick.checked ? "text" : "password"; });
    box.form.addEventListener("submit", () => { box.type = "password"; });
  }
})();
