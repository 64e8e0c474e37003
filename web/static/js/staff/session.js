/* How long does this sign-in still last? Warns five minutes before, and covers the page when it is over: what was typed
   stays in its form. Other windows of the same browser tell each other; a script that saves says "desk:alive". */
(() => {
  "use strict";
  const WARN = 300, EVERY = 1000, KEY = "desk-alive";
  const part = document.querySelector(".session");
  if (!part) return;
  const box = part.querySelector(".session-warning"), main = document.getElementById("main"), said = part.dataset;
  const from = Date.now();
  let idle = from + said.idle * 1000, shown = "", changed = null, last = main;
  const ends = from + said.ends * 1000, length = said.idle * 1000;

  document.addEventListener("desk:alive", () => alive(Date.now()));
  document.addEventListener("input", event => { changed = event.target.form || changed; });
  main.addEventListener("focusin", event => { last = event.target; });
  addEventListener("storage", event => { if (event.key === KEY) alive(Number(event.newValue) || from); });
  remember(from);
  setInterval(look, EVERY);

  function alive(moment) { idle = Math.max(idle, Math.min(moment + length, ends)); remember(moment); look(); }
  function remember(moment) { try { localStorage.setItem(KEY, String(moment)); } catch { /* a browser that keeps nothing */ } }

  function look() {
    const left = (Math.min(idle, ends) - Date.now()) / 1000;
    if (left > WARN) { if (shown) show("", []); return; }
    if (left <= 0) { over(); return; }
    const minutes = Math.ceil(left / 60), final = ends <= idle;
    const text = (final ? said.last : said.warning).replace("{minutes}", minutes);
    if (text !== shown) show(text, final ? [] : [button(said.stayLabel, stay)]);
  }

  function show(text, buttons) {
    shown = text;
    main.hidden = false;
    box.replaceChildren(...(text ? [Object.assign(document.createElement("p"), { textContent: text }), ...buttons] : []));
  }

  function over() {
    if (shown === said.over) return;
    show(said.over, [button(said.againLabel, again)]);
    main.hidden = true;
  }

  async function stay() {
    const answer = await fetch(said.stay, { method: "POST", headers: { "X-Form-Token": said.token } }).catch(() => null);
    if (answer && answer.ok) { alive(Date.now()); last.focus({ preventScroll: true }); } else { over(); }
  }

  function again() {
    if (changed && changed.isConnected && changed.method === "post") { changed.submit(); return; }
    location.assign(`${said.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`);
  }

  function button(label, pressed) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-2", textContent: label });
    made.addEventListener("click", pressed);
    return made;
  }
})();
