// <key-actions>: letters press the buttons and links inside that carry `data-key`.
import { Keys } from "./keys.js";

customElements.define("key-actions", class extends HTMLElement {
  connectedCallback() {
    this.keys = new Keys(this, "letter-keys");
    this.keys.start();
  }

  disconnectedCallback() {
    this.keys.stop();
  }
});
