// <form data-upload>: says how far a file has come; when the line breaks, the file stays chosen.
// Without this the browser sends the form itself.

class Upload {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector("[data-upload-box]");
    this.bar = this.box.querySelector("progress");
    this.place = this.box.querySelector("[data-upload-told]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.isBusy) this.send(event.submitter);
    });
  }

  send(button) {
    this.isBusy = true;
    button?.setAttribute("aria-busy", "true");
    this.clear();
    const line = new XMLHttpRequest();
    line.open("POST", this.form.action);
    line.setRequestHeader("Accept", "application/json");
    line.upload.addEventListener("progress", (event) => {
      const part = event.lengthComputable ? Math.floor((100 * event.loaded) / event.total) : 0;
      this.bar.value = part;
      this.say(`${this.form.dataset.sending} ${part} %`);
    });
    line.addEventListener("load", () => this.read(line));
    line.addEventListener("error", () => this.say(this.form.dataset.failed));
    line.addEventListener("loadend", () => {
      this.isBusy = false;
      button?.removeAttribute("aria-busy");
    });
    line.send(new FormData(this.form));
  }

  read(line) {
    if (line.status >= 500) return this.say(this.form.dataset.failed);
    const isOurs = line.getResponseHeader("Content-Type")?.startsWith("application/json");
    if (!isOurs) return this.say(this.form.dataset.gone);
    const told = JSON.parse(line.responseText);
    return told.url ? this.go(new URL(told.url, location.href)) : this.refused(told.wrong);
  }

  /** The place may be a part of this very page: then the page is asked anew. */
  go(to) {
    const isHere = to.pathname === location.pathname;
    location.assign(to);
    if (isHere) location.reload();
  }

  /** Each sentence stands beside its field, the others under the button. */
  refused(wrong) {
    this.box.hidden = true;
    for (const [name, sentences] of Object.entries(wrong)) {
      const input = this.form.elements[name];
      const field = input?.closest?.(".field");
      if (!field) {
        this.say(sentences.join(" "));
        continue;
      }
      const list = document.createElement("ul");
      list.className = "field__errors";
      list.id = `${input.id}_error`;
      list.setAttribute("role", "alert");
      list.append(...sentences.map((sentence) => {
        const line = document.createElement("li");
        line.textContent = sentence;
        return line;
      }));
      field.classList.add("is-wrong");
      input.before(list);
      input.setAttribute("aria-invalid", "true");
      input.focus();
    }
  }

  clear() {
    for (const list of this.form.querySelectorAll(".field__errors")) list.remove();
    for (const field of this.form.querySelectorAll(".is-wrong")) field.classList.remove("is-wrong");
    for (const input of this.form.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
    }
    this.bar.value = 0;
  }

  say(sentence) {
    this.box.hidden = false;
    this.place.textContent = sentence;
  }
}

for (const form of document.querySelectorAll("form[data-upload]")) new Upload(form);
