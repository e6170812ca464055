// <form data-autosave>: what is typed is saved after a pause; [data-autosave-told] says when.
// Without this the form's own button saves the same way.

const PAUSE = 2000;
const AGAIN = 15000; // after the line broke
const PATIENCE = 30000;

/** The same text may differ in line ends and in how its letters are composed. */
function plain(text) {
  return String(text).normalize("NFC").replace(/\r\n?/g, "\n").trim();
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.place = form.querySelector("[data-autosave-told]");
    this.typed = 0; // how often something was typed
    this.saved = 0; // up to which typing it is saved
    this.unanswered = null; // what was sent when the line broke: it may have arrived
    form.addEventListener("input", () => {
      this.typed += 1;
      this.wait(PAUSE);
    });
    form.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.typed > this.saved) this.save();
    });
  }

  wait(pause) {
    clearTimeout(this.timer);
    if (!this.isOver) this.timer = setTimeout(() => this.save(), pause);
  }

  /** A button pressed while a save is under way waits for its answer: that names the new draft. */
  submitted(event) {
    if (this.isBusy) {
      event.preventDefault();
      this.pressed = event.submitter;
    } else {
      this.stop();
    }
  }

  stop() {
    clearTimeout(this.timer);
    this.isOver = true;
  }

  async save() {
    clearTimeout(this.timer);
    if (this.isOver || this.isBusy) return;
    this.isBusy = true;
    const typed = this.typed;
    const data = new FormData(this.form);
    try {
      await this.read(await this.send(data), typed);
    } catch {
      this.unanswered = data;
      this.tell(this.form.dataset.failed, true);
      this.wait(AGAIN);
    }
    this.isBusy = false;
    if (this.pressed) this.form.requestSubmit(this.pressed);
    else if (this.typed > typed) this.wait(PAUSE);
    this.pressed = null;
  }

  send(data) {
    return fetch(location.href, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  async read(response, typed) {
    if (response.status >= 500) throw new Error(response.statusText);
    const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
    if (!isOurs) return this.giveUp(this.form.dataset.gone);
    const told = await response.json();
    if (response.status === 409) return this.stale(told);
    this.tell(told.told, !told.is_whole);
    return response.ok ? this.kept(told, typed) : undefined;
  }

  kept(told, typed) {
    this.unanswered = null;
    this.saved = typed;
    this.form.elements.revision.value = told.revision;
    this.hint(told.hints);
    if (told.is_whole && this.typed === typed) {
      this.form.dispatchEvent(new Event("saved", { bubbles: true }));
    }
  }

  /** Another draft is kept. If it is what we sent when the line broke, we go on from it. */
  stale(told) {
    const sent = this.unanswered;
    const arrived =
      sent &&
      Object.entries(told.kept).every(([name, text]) => plain(text) === plain(sent.get(name)));
    this.unanswered = null;
    if (!arrived) return this.giveUp(told.told);
    this.form.elements.revision.value = told.revision;
    return this.wait(0);
  }

  giveUp(sentence) {
    this.stop();
    this.tell(sentence, true);
  }

  tell(sentence, isWrong) {
    this.place.classList.toggle("is-wrong", isWrong);
    if (this.place.textContent !== sentence) this.place.textContent = sentence;
  }

  /** Set the sentences about numbers under each text. */
  hint(hints) {
    for (const box of this.form.querySelectorAll("[data-hints]")) {
      const found = hints[box.dataset.hints] ?? [];
      const lines = found.map((sentence) => {
        const line = document.createElement("li");
        line.textContent = sentence;
        return line;
      });
      box.hidden = lines.length === 0;
      box.querySelector("ul").replaceChildren(...lines);
    }
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
