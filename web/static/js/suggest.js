/* Does the box offer words while somebody types? A combobox after the WAI-ARIA pattern (a list, chosen by hand): the
   focus stays in the box, nothing is chosen unasked, and while an input method composes, nothing happens at all. */
(() => {
  "use strict";
  const WAIT = 180;
  for (const box of document.querySelectorAll("input[data-suggest]")) combobox(box);

  function combobox(box) {
    const list = make("ul", { className: "offers", id: box.id + "-offers", hidden: true });
    const status = make("p", { className: "vh" });
    const known = new Map();
    let offers = [], active = -1, timer = 0, asking = null;

    // A search box with a list of its own: the browser's cross and Escape would be in the way.
    box.type = "text";
    attributes(box, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id });
    attributes(list, { role: "listbox", "aria-label": box.dataset.offers });
    status.setAttribute("role", "status");
    box.after(list);
    box.form.append(status);

    box.addEventListener("input", event => { if (!event.isComposing) later(); });
    box.addEventListener("compositionstart", close);
    box.addEventListener("compositionend", later);
    box.addEventListener("blur", close);
    box.addEventListener("keydown", event => {
      // 229: some browsers end a composition before its last key is told.
      if (event.isComposing || event.keyCode === 229) return;
      const act = KEYS[event.key];
      if (act && act(event) !== false) event.preventDefault();
    });
    // Pressing an offer must not take the focus from the box.
    list.addEventListener("pointerdown", event => event.preventDefault());
    list.addEventListener("click", event => {
      const option = event.target.closest("[role=option]");
      if (option) choose([...list.children].indexOf(option));
    });

    const KEYS = {
      ArrowDown: () => offers.length ? move(active + 1) : ask(),
      ArrowUp: () => offers.length ? move(active < 0 ? offers.length - 1 : active - 1) : false,
      Enter: () => active >= 0 ? choose(active) : (close(), false),
      Escape: () => { if (offers.length) close(); else if (box.value) box.value = ""; else return false; return true; },
      Tab: () => { close(); return false; },
    };

    function later() {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    }

    async function ask() {
      const words = box.value.trim();
      asking?.abort();
      if (!words) return close();
      asking = new AbortController();
      const { signal } = asking;
      try {
        if (!known.has(words)) known.set(words, await fetched(words, signal));
      } catch {
        return signal.aborted ? undefined : close();  // without offers the box is what it was
      }
      if (!signal.aborted && box.value.trim() === words && document.activeElement === box) show(known.get(words));
    }

    async function fetched(words, signal) {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal });
      return (await answer.json()).suggestions;
    }

    function show(found) {
      offers = found;
      active = -1;
      list.replaceChildren(...found.map((offer, index) => {
        const option = make("li", { id: `${list.id}-${index}` });
        attributes(option, { role: "option", "aria-selected": "false" });
        option.append(make("span", { textContent: offer.text }), make("small", { textContent: offer.group }));
        return option;
      }));
      open(found.length > 0);
      status.textContent = found.length ? box.dataset.count.replace("{count}", found.length) : "";
    }

    function open(yes) {
      list.hidden = !yes;
      box.setAttribute("aria-expanded", String(yes));
      box.removeAttribute("aria-activedescendant");
    }

    function close() {
      settle();
      offers = [];
      active = -1;
      open(false);
      status.textContent = "";
    }

    // Whoever moves has settled on the offers in sight: a late answer must not take them away.
    function settle() {
      clearTimeout(timer);
      asking?.abort();
    }

    function move(to) {
      settle();
      // Past the end: nothing is chosen and the words are one's own again.
      active = to >= offers.length ? -1 : to;
      [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
      if (active < 0) box.removeAttribute("aria-activedescendant");
      else {
        box.setAttribute("aria-activedescendant", list.children[active].id);
        list.children[active].scrollIntoView({ block: "nearest" });
      }
    }

    // Whoever hears that something was chosen may do otherwise than send the words.
    function choose(index) {
      const detail = offers[index];
      box.value = detail.text;
      close();
      const chosen = new CustomEvent("suggest:chosen", { detail, bubbles: true, cancelable: true });
      if (box.dispatchEvent(chosen)) box.form.requestSubmit();
    }
  }

  function make(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  function attributes(element, values) {
    for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  }
})();
