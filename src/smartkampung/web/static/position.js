// Fills a box with the position of the phone, once its owner asks for it.
// Without this script the box is filled in by hand.
"use strict";
for (const box of document.querySelectorAll("[data-position]")) {
  if (!navigator.geolocation) break;
  const fill = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        if (!box.value) box.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
      },
      () => {},
      { enableHighAccuracy: true, timeout: 20000 },
    );
  box.addEventListener("focus", fill, { once: true });
}
