// Keys that press buttons, for <scenario-player> and <key-actions> (WCAG 2.1.4: they can be switched off,
// never act with a modifier, while typing, or on a held key). The choice is remembered in this browser.

const TYPING = "input:not([data-keys]), textarea, select, [contenteditable]";

export class Keys {
  /** `root` holds the buttons (`data-key`) and perhaps the switch (`[data-keys]`); `name` is the memory. */
  constructor(root, name) {
    this.root = root;
    this.name = name;
  }

  start() {
    document.addEventListener("keydown", this);
    this.root.addEventListener("change", this);
    this.restore();
  }

  stop() {
    document.removeEventListener("keydown", this);
    this.root.removeEventListener("change", this);
  }

  /** Show the switch as it was left; call again when the contents of `root` are replaced. */
  restore() {
    const box = this.root.querySelector("[data-keys]");
    if (!box) return;
    box.closest("[hidden]")?.removeAttribute("hidden");
    box.checked = localStorage.getItem(this.name) !== "off";
    this.mark(box.checked);
  }

  mark(on) {
    this.root.toggleAttribute("data-keys-off", !on);
  }

  handleEvent(event) {
    if (event.type === "keydown") this.press(event);
    else if (event.target.matches("[data-keys]")) this.remember(event.target.checked);
  }

  remember(on) {
    localStorage.setItem(this.name, on ? "on" : "off");
    this.mark(on);
  }

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
    if (event.target.closest?.(TYPING) || this.root.hasAttribute("data-keys-off")) return;
    const button = this.root.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
    if (button.matches("summary")) button.focus(); // Tab goes on inside
  }
}
