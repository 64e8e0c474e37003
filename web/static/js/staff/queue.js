/* Can the queue be worked without the mouse? j and k move, a accepts, r declines; one press in the hint switches the keys off.
   Every key only does what a button on the page does, and nothing is sent but by that button. */
(() => {
  "use strict";
  const OFF = "desk-keys-off";
  const list = document.querySelector("[data-keys]"), hint = document.querySelector(".keys");
  document.documentElement.classList.add("js");
  if (!list || !hint) return;
  const rows = [...list.children], button = hint.querySelector("button");
  let off = remembered();

  hint.classList.add("on");
  button.addEventListener("click", () => { off = !off; remember(); show(); });
  document.addEventListener("keydown", pressed);
  show();

  function pressed(event) {
    if (off || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return;
    const act = { j: () => move(1), k: () => move(-1), a: () => decide("accept"), r: () => decide("reject") }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  function here() { return rows.findIndex(row => row.contains(document.activeElement)); }

  function move(step) {
    const now = here(), last = rows.findIndex(row => row.classList.contains("here"));
    const from = now >= 0 ? now : last >= 0 ? last : step > 0 ? -1 : rows.length;
    const next = rows[Math.max(0, Math.min(rows.length - 1, from + step))];
    if (!next) return;
    for (const row of rows) row.classList.toggle("here", row === next);
    const target = next.querySelector("a, input:checked, input:not([type=hidden])");
    target.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function decide(what) {
    const row = rows[here()] || rows.find(one => one.classList.contains("here"));
    if (!row) { move(1); return; }
    const choice = row.querySelector(`input[type=radio][value=${what}]`), tick = row.querySelector("input[type=checkbox]");
    if (choice) {
      choice.checked = true;
      choice.dispatchEvent(new Event("change", { bubbles: true }));
      const reason = what === "reject" ? row.querySelector("[data-reason]") : null;
      (reason || choice).focus();
    } else if (tick) {
      tick.checked = what === "accept";
      tick.dispatchEvent(new Event("change", { bubbles: true }));
    } else row.querySelector("a").click();
  }

  function show() {
    hint.classList.toggle("off", off);
    button.textContent = off ? button.dataset.on : button.dataset.off;
    button.setAttribute("aria-pressed", String(!off));
  }
  function remembered() { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } }
  function remember() { try { localStorage.setItem(OFF, off ? "1" : "0"); } catch { /* a browser that keeps nothing */ } }
})();
