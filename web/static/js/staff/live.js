/* What will residents see? While somebody types, the page beside the form and the dates beside a phrase follow, and what was
   typed is kept as a draft. Without this script 「見えかたを確かめる」 and 「書きかけを残す」 do the same. */
(() => {
  "use strict";
  const LOOK = 600, KEEP = 3000;
  const form = document.querySelector("form[data-live]");
  if (!form) return;
  const status = form.querySelector("[role=status]"), said = form.dataset;
  let looking = 0, keeping = 0, running = null, leaving = false;

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => { leaving = true; clearTimeout(looking); clearTimeout(keeping); });

  function changed() {
    clearTimeout(looking);
    clearTimeout(keeping);
    looking = setTimeout(look, LOOK);
    keeping = setTimeout(keep, KEEP);
  }

  function body(go) { const data = new FormData(form); data.set("go", go); return data; }

  async function look() {
    if (running) running.abort();
    running = new AbortController();
    try {
      const given = await fetch(form.action, { method: "POST", body: body("look"), signal: running.signal });
      if (given.status === 401 || given.status === 403) { status.textContent = said.over || ""; return; }
      show(new DOMParser().parseFromString(await given.text(), "text/html"));
    } catch (error) { if (error.name !== "AbortError") status.textContent = said.failed || ""; }
  }

  function show(page) {
    const fresh = page.getElementById("preview"), old = document.getElementById("preview");
    if (fresh && old) old.replaceChildren(...fresh.childNodes);
    for (const read of form.querySelectorAll("[data-read]")) {
      const found = page.querySelector(`[data-read="${read.dataset.read}"]`);
      if (found && found.innerHTML !== read.innerHTML) read.replaceChildren(...found.childNodes);
    }
    document.dispatchEvent(new Event("desk:alive"));
  }

  async function keep() {
    if (leaving || !said.saved) return;
    try {
      const given = await fetch(form.action, { method: "POST", body: body("draft"), headers: { Accept: "application/json" } });
      if (given.status === 401 || given.status === 403) { status.textContent = said.over; return; }
      if (!given.ok) { status.textContent = said.failed; return; }
      status.textContent = said.saved.replace("{time}", (await given.json()).saved);
      document.dispatchEvent(new Event("desk:alive"));
    } catch { status.textContent = said.failed; }
  }
})();
