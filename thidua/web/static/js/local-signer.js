// <form data-signer>: sign with the service of this machine, tell how it goes, lead on.
// The form's data: signer (which adapter), service (its address), names (its table); the sentences
// looking, absent, signing, gone, late, unreadable, refused ("{code}" and "{said}" are filled in),
// unbrought, failed. [data-signer-ask] is the button, [data-signer-told] where it is told;
// form[data-signer-end] is sent once it is signed. Another service is another adapter in SIGNERS.
import { VgcaSigner } from "./local-signer-vgca.js";

const SIGNERS = { vgca: VgcaSigner };
const TRIES = 5; // looks at what came of it, where the service went away before it answered
const PAUSE = 500; // ms between them

class Signing {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.told = form.querySelector("[data-signer-told]");
    this.button = form.querySelector("[data-signer-ask]");
    const { signer, service, names } = form.dataset;
    this.signer = new SIGNERS[signer](service, JSON.parse(names));
    this.told.textContent = "";
    this.button.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
  }

  say(sentence) {
    this.told.textContent = sentence;
  }

  async run() {
    this.button.disabled = true;
    try {
      await this.sign();
    } catch {
      this.say(this.words.failed);
    }
    this.button.disabled = false;
  }

  async sign() {
    this.say(this.words.looking);
    const call = new FormData(this.form).get("call");
    const isThere = await this.signer.available(call).catch(() => false);
    if (!isThere) return this.say(this.words.absent);
    const asked = await this.ask();
    if (!asked) return undefined;
    this.say(this.words.signing);
    const [sentence, tries] = await this.answer(asked);
    return this.settle(asked, sentence, tries);
  }

  /** Open one asking at our server; where it refuses, say so and return nothing. */
  async ask() {
    const body = new FormData(this.form);
    const answer = await fetch(this.form.action, { method: "POST", body });
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
      location.reload(); // signed out meanwhile: the page itself asks who it is
      return null;
    }
    const asked = await answer.json();
    if (answer.ok) return asked;
    if (asked.to) location.assign(asked.to);
    else this.say(asked.sentence);
    return null;
  }

  /** Return what to say where our server got no file, and how often to ask it whether it did. */
  async answer(asked) {
    try {
      const { isDone, code, message } = await this.signer.sign(asked);
      if (isDone) return [this.words.unbrought, 1];
      const sentence = this.words.refused.replace("{code}", () => code);
      return [sentence.replace("{said}", () => message || "…"), 1];
    } catch (fault) {
      return [this.words[fault.kind] ?? this.words.failed, fault.kind === "gone" ? TRIES : 1];
    }
  }

  /** Our server alone knows whether it is signed: what the service says is not believed. */
  async settle(asked, sentence, tries) {
    for (let left = tries; left > 0; left -= 1) {
      const answer = await fetch(asked.state, { cache: "no-store" });
      const { state, sentence: why } = await answer.json();
      if (state === "signed") return this.leadOn(asked.end);
      if (state === "refused") return this.say(why);
      if (left > 1) await new Promise((next) => setTimeout(next, PAUSE));
    }
    return this.say(sentence);
  }

  leadOn(address) {
    const form = document.querySelector("form[data-signer-end]");
    form.action = address;
    form.submit();
  }
}

for (const form of document.querySelectorAll("form[data-signer]")) new Signing(form);
