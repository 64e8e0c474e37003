/* Does the picture of a map become one that moves? Only when somebody scrolls near it, and only where Leaflet was
   installed; whatever fails, the picture stays. Everything needed stands in data- attributes of the figure. */
(() => {
  "use strict";
  const PIN = 36, APART = 35, LETTER = 18, LINE = 24, NAMES = 40, BAR = [140, 48], PARTS_OF_TOWNS_FROM = 15;
  const PART_OF_A_TOWN = "\u4e01\u76ee";
  const figure = document.querySelector("figure[data-leaflet]");
  if (!figure) return;
  const picture = figure.querySelector("svg");

  new IntersectionObserver((seen, observer) => {
    if (!seen.some(one => one.isIntersecting)) return;
    observer.disconnect();
    Promise.all([style(figure.dataset.style), script(figure.dataset.leaflet), ground()])
      .then(([, , under]) => draw(window.L, under)).catch(() => figure.classList.remove("map-on"));
  }, { rootMargin: "300px" }).observe(figure);

  function loaded(element) {
    return new Promise((resolve, reject) => { element.onload = resolve; element.onerror = reject; });
  }

  function style(address) {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
    // Before our own style, which has the last word.
    document.head.insertBefore(link, document.head.querySelector("link[rel=stylesheet]"));
    return loaded(link);
  }

  function script(address) {
    const element = Object.assign(document.createElement("script"), { src: address });
    document.head.append(element);
    return loaded(element);
  }

  async function ground() {
    if (figure.dataset.tiles) return { towns: [], land: [] };
    return (await fetch(figure.dataset.ground)).json();
  }

  function draw(L, under) {
    const words = figure.dataset, still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const box = Object.assign(document.createElement("div"), { className: "map-live" });
    figure.insertBefore(box, picture);
    figure.classList.add("map-on");
    const map = L.map(box, {
      attributionControl: false, zoomControl: false, scrollWheelZoom: false, zoomAnimation: !still, fadeAnimation: !still,
      markerZoomAnimation: !still, inertia: !still, minZoom: 8, maxZoom: 18, zoomSnap: words.tiles ? 1 : 0.5,
    });
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", words.label);
    // The list says all that the pins say.
    map.getPane("markerPane").setAttribute("aria-hidden", "true");
    const [south, west, north, east] = words.bounds.split(",").map(Number);
    map.fitBounds([[south, west], [north, east]], { animate: false });
    const zoom = L.control.zoom({
      zoomInText: words.closer, zoomInTitle: words.closer, zoomOutText: words.further, zoomOutTitle: words.further,
    }).addTo(map);
    // Below the map, where the buttons cover no pin.
    figure.insertBefore(zoom.getContainer(), figure.querySelector("figcaption"));
    L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
    if (words.tiles) L.tileLayer(words.tiles, { maxZoom: Number(words.nearest) }).addTo(map);
    else L.polygon(under.land, { interactive: false, className: "m-land" }).addTo(map);
    if (under.land.length) box.classList.add("m-sea");
    const leads = L.layerGroup().addTo(map), names = L.layerGroup().addTo(map);
    // The pin of a form is set by whoever hears that the map is there.
    const pins = words.pin ? [] : [...picture.querySelectorAll(".m-pin")].map(pin => placed(L, map, pin));
    // The towns of the places are named first.
    const own = new Set(pins.map(pin => pin.name)), towns = [...under.towns].sort((a, b) => own.has(b[0]) - own.has(a[0]));
    const arrange = () => spread(L, map, pins, leads), nameAll = () => nameTowns(L, map, pins, towns, names);
    map.on("zoomend", arrange).on("moveend", nameAll);
    // A press on the map moves it there: nobody has to drag.
    map.on("click", event => map.panTo(event.latlng, { animate: !still }));
    const again = () => { arrange(); nameAll(); };
    again();
    figure.dispatchEvent(new CustomEvent("map:drawn", { detail: { L, map, pins, again }, bubbles: true }));
  }

  function placed(L, map, drawn) {
    const { at, number, name } = drawn.dataset, about = drawn.classList.contains("m-about");
    const label = Object.assign(document.createElement("span"), { textContent: number || "\u25cf" });
    const icon = L.divIcon({ className: "map-pin" + (about ? " map-about" : ""), html: label, iconSize: [PIN, PIN] });
    const marker = L.marker(at.split(",").map(Number), { icon, keyboard: false, title: name, riseOnHover: true }).addTo(map);
    const pin = { marker, name, home: marker.getLatLng() };
    const row = number && [...document.querySelectorAll(".place")]
      .find(one => one.querySelector(".no")?.textContent.trim() === number);
    if (row) tie(map, pin, row);
    return pin;
  }

  /* A row that is pointed at or reached by keyboard shows its pin; a pin that is pressed leads to its row. */
  function tie(map, { marker, home }, row) {
    const show = on => {
      marker.getElement()?.classList.toggle("map-now", on);
      marker.setZIndexOffset(on ? 1000 : 0);
    };
    row.addEventListener("mouseenter", () => show(true));
    row.addEventListener("mouseleave", () => show(row.contains(document.activeElement)));
    row.addEventListener("focusin", () => { show(true); map.panInside(home, { padding: [PIN, PIN], animate: false }); });
    row.addEventListener("focusout", () => show(false));
    marker.on("click", () => row.querySelector("a").focus());
  }

  /* Each pin stands as near to its place as there is room; a line leads to the place. */
  function spread(L, map, pins, leads) {
    leads.clearLayers();
    const taken = [], corner = map.containerPointToLayerPoint([0, 0]).add([PIN / 2, PIN / 2]);
    const seen = L.bounds(corner, corner.add(map.getSize()).subtract([PIN, PIN]));
    for (const pin of pins) {
      const home = map.latLngToLayerPoint(pin.home), outside = !seen.contains(home);
      const spot = around(home).find(one => (outside || seen.contains(one))
        && taken.every(other => one.distanceTo(other) >= APART)) || home;
      taken.push(spot);
      pin.spot = spot;
      pin.marker.setLatLng(spot === home ? pin.home : map.layerPointToLatLng(spot));
      if (spot === home) continue;
      const line = [pin.home, pin.marker.getLatLng()];
      leads.addLayer(L.polyline(line, { interactive: false, className: "m-lead" }));
      leads.addLayer(L.circleMarker(pin.home, { radius: 4, interactive: false, stroke: false, fillOpacity: 1, className: "m-dot" }));
    }
  }

  function around(point) {
    const spots = [point];
    for (let ring = 1; ring < 12; ring += 1) {
      const radius = ring * APART / 2, count = Math.ceil(4 * Math.PI * radius / APART);
      for (let step = 0; step < count; step += 1) {
        const turn = 2 * Math.PI * step / count - Math.PI / 2;
        spots.push(point.add([radius * Math.cos(turn), radius * Math.sin(turn)]));
      }
    }
    return spots;
  }

  /* As many town names as have room in what is seen. */
  function nameTowns(L, map, pins, towns, names) {
    names.clearLayers();
    const seen = map.getBounds(), near = map.getZoom() >= PARTS_OF_TOWNS_FROM;
    const taken = pins.map(({ spot }) => [spot.x - PIN / 2, spot.y - PIN / 2, spot.x + PIN / 2, spot.y + PIN / 2]);
    const from = map.containerPointToLayerPoint([0, 0]), to = from.add(map.getSize());
    taken.push([from.x, to.y - BAR[1], from.x + BAR[0], to.y]);
    let count = 0;
    for (const [name, latitude, longitude] of towns) {
      if (count === NAMES) return;
      if (!seen.contains([latitude, longitude]) || (name.endsWith(PART_OF_A_TOWN) && !near)) continue;
      const dot = map.latLngToLayerPoint([latitude, longitude]), width = name.length * LETTER;
      const sides = [[dot.x + 8, dot.y - LINE / 2], [dot.x - 8 - width, dot.y - LINE / 2],
        [dot.x - width / 2, dot.y + PIN / 2], [dot.x - width / 2, dot.y - PIN / 2 - LINE]];
      const side = sides.find(([x, y]) => x >= from.x && y >= from.y && x + width <= to.x && y + LINE <= to.y && taken.every(([left, top, right, bottom]) =>
        x + width <= left || right <= x || y + LINE <= top || bottom <= y));
      if (!side) continue;
      taken.push([side[0], side[1], side[0] + width, side[1] + LINE], [dot.x - 4, dot.y - 4, dot.x + 4, dot.y + 4]);
      const label = Object.assign(document.createElement("span"), { textContent: name });
      const icon = L.divIcon({ className: "map-town", html: label, iconSize: [width, LINE], iconAnchor: [0, 0] });
      names.addLayer(L.marker(map.layerPointToLatLng(side), { icon, interactive: false, keyboard: false }));
      names.addLayer(L.circleMarker([latitude, longitude],
        { radius: 3, interactive: false, stroke: false, fillOpacity: 1, className: "m-dot" }));
      count += 1;
    }
  }
})();
