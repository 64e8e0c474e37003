/* What if this limit were another? The list follows each change of the form beside it; nothing is kept by looking. */
(() => {
  "use strict";
  const PAUSE = 300;
  const form = document.querySelector("form[data-rerank]"), answer = document.getElementById("answer");
  if (!form || !answer) return;
  const status = form.querySelector("[role=status]"), said = form.dataset;
  let timer = 0, running = null;

  form.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(look, PAUSE); });

  async function look() {
    if (running) running.abort();
    running = new AbortController();
    status.textContent = said.looking;
    try {
      const given = await fetch(form.action, { method: "POST", body: new FormData(form), signal: running.signal });
      if (given.status === 401 || given.status === 403) { status.textContent = said.over; return; }
      show(new DOMParser().parseFromString(await given.text(), "text/html"));
    } catch (error) { if (error.name !== "AbortError") status.textContent = said.failed; }
  }

  function show(page) {
    const fresh = page.getElementById("answer"), problem = page.getElementById("problem");
    if (!fresh) { status.textContent = problem ? problem.textContent.trim() : said.failed; return; }
    answer.replaceChildren(...fresh.childNodes);
    status.textContent = fresh.dataset.counts;
    document.dispatchEvent(new Event("desk:alive"));
  }
})();
