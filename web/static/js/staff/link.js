/* Is a name that was offered a record to link? Choosing it presses what is its button in the list without scripts. */
(() => {
  "use strict";
  document.addEventListener("suggest:chosen", event => {
    const box = event.target, { record } = box.dataset;
    if (!record) return;
    event.preventDefault();
    press(box.form, `link:${record}:${event.detail.id}`);
  });

  // Enter in the box looks for what stands there; the list of offers has taken its own Enter before.
  document.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.defaultPrevented || event.isComposing || !event.target.dataset?.record) return;
    event.preventDefault();
    press(event.target.form, "find");
  });

  function press(form, value) {
    const button = Object.assign(document.createElement("button"), { name: "go", value, hidden: true, formNoValidate: true });
    form.append(button);
    form.requestSubmit(button);
  }
})();
