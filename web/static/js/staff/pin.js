/* Can the pin of a place be moved? On a map that moves it is dragged, pressed to another spot, or pushed by the arrow keys.
   Latitude and longitude stand in their fields as before: whoever writes there moves the pin too. */
(() => {
  "use strict";
  const PIN = 48, STEP = 2, FAR = 24, DIGITS = 6;
  const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

  document.addEventListener("map:drawn", event => {
    if (!event.target.dataset.pin) return;
    const { L, map, pins, again } = event.detail, words = event.target.dataset;
    const fields = [...document.querySelectorAll(words.pin)];
    const pane = map.createPane("pin");
    let marker = null;
    pane.style.zIndex = 620;
    map.off("click").on("click", pressed => tell(pressed.latlng));
    for (const field of fields) field.addEventListener("input", follow);
    follow();

    function follow() {
      const typed = fields.map(field => field.value.trim() === "" ? NaN : Number(field.value));
      if (typed.every(Number.isFinite)) stand(typed);
    }

    function stand(at) {
      marker ||= made(at);
      marker.setLatLng(at);
      pins[0].home = marker.getLatLng();
      map.panInside(pins[0].home, { padding: [PIN, PIN], animate: false });
      again();
    }

    function made(at) {
      const icon = L.divIcon({ className: "map-pin pin-hold", html: "\uff0b", iconSize: [PIN, PIN] });
      const pin = L.marker(at, { icon, pane: "pin", keyboard: false, draggable: true }).addTo(map), element = pin.getElement();
      element.tabIndex = 0;
      element.setAttribute("role", "application");
      element.setAttribute("aria-label", words.hold);
      element.setAttribute("aria-describedby", "pin-words");
      element.addEventListener("keydown", pushed);
      pin.on("dragend", () => { tell(pin.getLatLng()); element.focus({ preventScroll: true }); });
      pins.push({ marker: pin, name: "", home: pin.getLatLng() });
      return pin;
    }

    function pushed(event) {
      const way = WAYS[event.key];
      if (!way) return;
      event.preventDefault();
      event.stopPropagation();
      // Not in whole pixels of the window: up is up, and not a little to the side.
      const step = event.shiftKey ? FAR : STEP, from = map.project(marker.getLatLng());
      tell(map.unproject(from.add([way[0] * step, way[1] * step])));
    }

    /* Into the fields, as if somebody had typed it there: the pin follows, and so does all that follows the form. */
    function tell({ lat, lng }) {
      [lat, lng].forEach((degree, index) => { fields[index].value = degree.toFixed(DIGITS); });
      fields[1].dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
})();
