// Arrow keys along the points of a chart: one stop of the Tab key for each drawing, not one a point.
// Without JavaScript every point is a stop of its own, and a link all the same.

const STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

class ChartPoints extends HTMLElement {
  connectedCallback() {
    for (const drawing of this.querySelectorAll("svg")) {
      const points = [...drawing.querySelectorAll("a")];
      points.forEach((point) => point.setAttribute("tabindex", point === points.at(-1) ? "0" : "-1"));
      drawing.addEventListener("keydown", (event) => step(event, points));
    }
  }
}

function step(event, points) {
  const by = STEPS[event.key];
  const at = points.indexOf(event.target.closest("a"));
  if (!by || at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const to = points[Math.min(points.length - 1, Math.max(0, at + by))];
  points[at].setAttribute("tabindex", "-1");
  to.setAttribute("tabindex", "0");
  to.focus();
}

customElements.define("chart-points", ChartPoints);
