/* While a list is worked on in the background, look again by oneself; without a script a link does it. */
(() => {
  "use strict";
  const EVERY = 1500;
  if (!document.querySelector("#working[data-working]")) return;
  let failures = 0;
  setTimeout(look, EVERY);

  async function look() {
    const here = document.getElementById("working");
    try {
      const given = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (given.status === 401 || given.status === 403) { here.querySelector("[role=status]").textContent = here.dataset.over; return; }
      const page = new DOMParser().parseFromString(await given.text(), "text/html");
      const fresh = page.querySelector("#working[data-working]");
      if (given.ok && !fresh) { location.reload(); return; }
      if (fresh) show(here, fresh);
      failures = 0;
    } catch { failures += 1; }
    if (failures < 40) setTimeout(look, EVERY);
  }

  function show(here, fresh) {
    const said = here.querySelector("[role=status]"), now = fresh.querySelector("[role=status]").textContent;
    if (said.textContent !== now) said.textContent = now;
    here.querySelector(".working-count").replaceChildren(...fresh.querySelector(".working-count").childNodes);
  }
})();
