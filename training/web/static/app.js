// What JavaScript adds to the pages of people signed in. Every page works without it.
import "./js/char-count.js";
import "./js/chart-points.js";
import "./js/key-actions.js";
import "./js/scenario-player.js";

// On a phone the navigation scrolls sideways: begin where the reader is.
document.querySelectorAll(".nav").forEach((nav) => {
  const at = nav.querySelector("[aria-current]");
  if (at) nav.scrollLeft = at.offsetLeft - nav.offsetLeft - (nav.clientWidth - at.clientWidth) / 2;
});
