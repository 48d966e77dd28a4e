// <char-count for="id" max="5000" data-left="Characters left: {n}" data-over="Characters too many: {n}">
// The count is always shown; it is said aloud only in the last tenth. Nothing is cut off: the server answers.

customElements.define("char-count", class extends HTMLElement {
  connectedCallback() {
    this.box = document.getElementById(this.getAttribute("for"));
    this.box?.addEventListener("input", () => this.update());
    if (this.box) this.update();
  }

  update() {
    const max = Number(this.getAttribute("max"));
    const left = max - [...this.box.value].length; // code points, as the server counts
    const number = Math.abs(left).toLocaleString(document.documentElement.lang);
    const words = (left < 0 ? this.dataset.over : this.dataset.left).replace("{n}", number);
    this.toggleAttribute("data-too-many", left < 0);
    this.querySelector("[data-shown]").textContent = words;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.querySelector("[data-said]").textContent = left < max / 10 ? words : "";
    }, 1000);
  }
});
