// <form data-marking>: the mark is saved while it is typed, Alt+↓ and Alt+↑ go on and back.
// Without this the form's own buttons do the same.

const PAUSE = 700;
const AGAIN = 15000; // after the line broke
const form = document.querySelector("form[data-marking]");
const bar = document.querySelector(".split__bar");

function fieldOf(name) {
  const input = form.elements[name];
  return (input instanceof RadioNodeList ? input[0] : input)?.closest(".field");
}

/** Set the sentences of one field beside it, or take them away. */
function setErrors(name, sentences) {
  const field = fieldOf(name);
  if (!field) return;
  field.classList.toggle("is-wrong", sentences.length > 0);
  const inputs = field.querySelectorAll("input:not([type=hidden]), textarea");
  for (const input of inputs) input.setAttribute("aria-invalid", String(sentences.length > 0));
  let list = field.querySelector(".field__errors");
  if (!sentences.length) return list?.remove();
  if (!list) {
    list = document.createElement("ul");
    list.className = "field__errors";
    list.id = `id_${name}_error`;
    inputs[0].before(list);
  }
  list.replaceChildren(...sentences.map((sentence) => {
    const line = document.createElement("li");
    line.textContent = sentence;
    return line;
  }));
}

class Saving {
  constructor() {
    this.told = bar.querySelector("[data-told]");
    this.typed = 0; // how often something was typed
    this.saved = 0; // up to which typing it is saved
    form.addEventListener("input", () => {
      this.typed += 1;
      this.later(PAUSE);
    });
    form.addEventListener("submit", () => this.stop());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.isBehind) this.save();
    });
  }

  get isBehind() {
    return this.typed > this.saved;
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  stop() {
    clearTimeout(this.timer);
    this.isOver = true;
  }

  async save() {
    if (this.isOver || this.isBusy) return;
    this.isBusy = true;
    const typed = this.typed;
    try {
      const response = await fetch(form.getAttribute("action"), {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "manual",
        keepalive: true,
      });
      await this.answer(response, typed);
    } catch {
      this.tell(form.dataset.failed, true);
      this.later(AGAIN);
    }
    this.isBusy = false;
    if (this.typed > typed && !this.isOver) this.later(PAUSE);
  }

  async answer(response, typed) {
    const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
    if (!isOurs) return this.tell(form.dataset.gone, true);
    const found = await response.json();
    if (this.isOver) return undefined;
    const errors = found.errors ?? {};
    for (const name of ["value", "target", "is_na", "reason"]) {
      if (this.typed === typed) setErrors(name, errors[name] ?? []);
    }
    const others = [...(errors[""] ?? []), ...(found.overtaken ?? [])];
    this.tell([found.told, ...others].join(" "), !response.ok || others.length > 0);
    if (!response.ok) return undefined;
    this.saved = typed;
    form.elements.seen.value = found.number;
    this.show(found);
    if (this.typed === typed) form.dispatchEvent(new Event("saved", { bubbles: true }));
    return undefined;
  }

  /** Show what came of it: the total, the state of the criterion, what it still needs. */
  show(found) {
    for (const name of ["total", "percent", "done"]) {
      const place = bar.querySelector(`[data-${name}]`);
      if (place) place.textContent = found[name];
    }
    const need = form.querySelector("[data-need]");
    need.hidden = !found.need;
    need.textContent = found.need;
    const line = document.querySelector(".criterion[aria-current]");
    line.className = `criterion is-${found.kind}`;
    line.querySelector("[data-points]").textContent = found.points;
    line.querySelector("[data-word]").textContent = found.word;
  }

  tell(sentence, isWrong) {
    this.told.classList.toggle("is-wrong", isWrong);
    if (this.told.textContent !== sentence) this.told.textContent = sentence;
  }
}

/** Go on or back: what was typed goes along, whether or not it was saved meanwhile. */
function go(way) {
  const button = form && bar.querySelector(`button[value=${way}]`);
  const link = document.querySelector(`link[rel=${way === "next" ? "next" : "prev"}]`);
  if (button) button.click();
  else if (link) location.assign(link.href);
}

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const way = { ArrowDown: "next", ArrowUp: "previous" }[event.key];
  if (!way) return;
  event.preventDefault();
  go(way);
});

if (form) {
  new Saving();
  // On a desk the mark has the focus; on a phone the keys would hide the evidence.
  if (matchMedia("(min-width: 48rem)").matches && !document.querySelector("[data-focus]")) {
    const chosen = form.querySelector("[name=value]:checked") ?? form.querySelector("[name=value]");
    chosen.focus();
    if (chosen.type === "text") chosen.select();
  }
}
