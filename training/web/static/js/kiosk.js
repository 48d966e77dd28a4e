// <kiosk-screen data-start="…" data-reset="60" data-warn="20" data-longer="180" data-begun>
// Screens replace one another in place, so that nothing a patient typed is in the browser's history.
// After `reset` seconds without a touch it starts again; `warn` seconds before that it asks.
// A thank-you page (data-done) starts again by itself. Without any of this the form works as a form.
import "./char-count.js";

customElements.define("kiosk-screen", class extends HTMLElement {
  connectedCallback() {
    const { done, begun } = this.dataset;
    this.watch = new AbortController();
    const { signal } = this.watch;
    this.dialog = this.querySelector("dialog");
    this.addEventListener("submit", (event) => this.send(event), { signal });
    this.addEventListener("click", (event) => this.pressed(event), { signal });
    for (const touch of ["input", "keydown", "pointerdown"]) {
      this.addEventListener(touch, () => { if (!done && !this.dialog.open) this.wait(this.dataset.reset); }, { signal });
    }
    this.dialog?.addEventListener("cancel", (event) => { event.preventDefault(); this.more(); }, { signal });
    if (done) this.timer = setTimeout(() => this.restart(), done * 1000);
    else if (begun !== undefined) this.wait(this.dataset.reset);
  }

  disconnectedCallback() {
    this.watch.abort();
    this.stop();
  }

  stop() {
    clearTimeout(this.timer);
    clearInterval(this.counter);
  }

  wait(seconds) {
    this.stop();
    const warn = Number(this.dataset.warn);
    this.timer = setTimeout(() => this.ask(warn), (seconds - warn) * 1000);
  }

  ask(left) {
    const shown = this.querySelector("[data-left]");
    shown.textContent = left;
    this.dialog.showModal();
    this.counter = setInterval(() => {
      left -= 1;
      shown.textContent = left;
      if (left <= 0) this.restart();
    }, 1000);
  }

  more() {
    this.dialog.close();
    this.wait(this.dataset.longer);
  }

  pressed(event) {
    if (event.target.closest("[data-longer-please]")) this.more();
    if (event.target.closest("[data-restart]")) {
      event.preventDefault();
      this.restart();
    }
  }

  restart() {
    this.stop();
    location.replace(this.dataset.start);
  }

  async send(event) {
    event.preventDefault();
    if (this.sending) return; // a double tap sends once
    this.sending = true;
    this.stop();
    try {
      const body = new URLSearchParams(new FormData(event.target, event.submitter));
      const answer = await fetch(event.target.action, { method: "POST", body });
      show(await answer.text());
    } catch {
      this.querySelector("[data-offline]").hidden = false;
      this.wait(this.dataset.longer);
    } finally {
      this.sending = false;
    }
  }
});

function show(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  document.title = next.title;
  document.body.replaceWith(document.adoptNode(next.body));
  scrollTo(0, 0);
  (document.querySelector("#errors") ?? document.querySelector("h1")).focus();
}

// A page that the browser kept in memory must not come back with what was typed.
addEventListener("pageshow", (event) => {
  const screen = document.querySelector("kiosk-screen");
  if (event.persisted && screen) location.replace(screen.dataset.start);
});
