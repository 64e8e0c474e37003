/* Is what was said kept? Each change on a visit is sent by itself, one after the other; the page says when it was kept.
   Without this script 「次へ」 keeps the screen. */
(() => {
  "use strict";
  const TYPING = 1200, AGAIN = 5000;
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = form.querySelector("[role=status]"), said = form.dataset;
  let timer = 0, waiting = null, leaving = false;

  form.addEventListener("change", () => soon(0));
  form.addEventListener("input", event => { if (event.target.matches("textarea, input:not([type=radio], [type=checkbox])")) soon(TYPING); });
  form.addEventListener("submit", event => {
    clearTimeout(timer);
    if (!waiting || leaving) return;
    event.preventDefault();
    leaving = true;
    const pressed = event.submitter;
    // Not before this event is over: a form that is being sent cannot be sent.
    waiting.finally(() => setTimeout(() => form.requestSubmit(pressed), 0));
  });

  function soon(delay) { clearTimeout(timer); timer = setTimeout(() => { waiting = (waiting || Promise.resolve()).then(send); }, delay); }

  async function send() {
    if (leaving) return;
    tell(said.saving);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      if (answer.status === 401 || answer.status === 403) { tell(said.over); return; }
      heard(answer.status, await answer.json());
    } catch { tell(said.failed); soon(AGAIN); }
  }

  function heard(code, kept) {
    for (const [key, version] of Object.entries(kept.versions)) {
      for (const field of form.querySelectorAll(`[name="v:${key}"]`)) field.value = version;
    }
    document.dispatchEvent(new Event("desk:alive"));
    const words = Object.values(kept.errors).join(" ");
    tell(code === 409 ? said.stale : words ? said.wrong.replace("{words}", words) : said.saved.replace("{time}", kept.saved));
  }

  function tell(words) { status.textContent = words; }
})();
