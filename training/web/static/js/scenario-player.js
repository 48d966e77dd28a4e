// <scenario-player>: asks for the same address as the form would and swaps the stage instead of the page.
// Fragments come from our own server, already escaped. Without JavaScript the form does the same by itself.
import { Keys } from "./keys.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

customElements.define("scenario-player", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this);
    this.keys = new Keys(this, "number-keys");
    this.keys.start();
  }

  disconnectedCallback() {
    this.keys.stop();
  }

  async handleEvent(event) {
    const form = event.target.closest("form[data-enhance]");
    if (!form) return;
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.querySelectorAll(".choice").forEach((choice) => choice.setAttribute("aria-disabled", "true"));
    try {
      await this.send(form, event.submitter);
    } catch {
      this.removeEventListener("submit", this); // offline or a fault: let the browser send the form
      form.requestSubmit(event.submitter);
    } finally {
      this.busy = false;
    }
  }

  async send(form, button) {
    const fields = new FormData(form, button);
    const post = form.method === "post";
    const url = new URL(button?.getAttribute("formaction") || form.action, location.href);
    if (!post) url.search = new URLSearchParams(fields);
    const answer = await fetch(url, {
      method: post ? "POST" : "GET",
      body: post ? new URLSearchParams(fields) : undefined,
      headers: { "X-Fragment": "stage" },
      credentials: "same-origin",
    });
    if (!answer.ok) throw new Error(String(answer.status));
    this.show(new DOMParser().parseFromString(await answer.text(), "text/html"), answer.url);
  }

  show(page, url) {
    const fresh = page.querySelector("scenario-player");
    if (!fresh) {
      location.assign(url); // the conversation has ended
      return;
    }
    this.replaceChildren(...fresh.childNodes);
    document.title = page.title || document.title;
    history.replaceState(null, "", url);
    this.keys.restore();
    this.lead();
  }

  /** Move focus to the patient's newest line: read once, in its natural place; say the mood beside it. */
  lead() {
    const now = this.querySelector("#now");
    now?.focus({ preventScroll: true });
    now?.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    const live = document.getElementById("live");
    if (live) live.textContent = this.querySelector("[data-mood]")?.dataset.mood ?? "";
  }
});
