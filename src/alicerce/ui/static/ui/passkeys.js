/* Passkeys. The server asks, the browser answers, the form around carries the answer back. */
const able = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;
/* Browsers refuse passkeys to numbers and over plain http: a key belongs to a name. */
const named = window.isSecureContext && !/^(\d+(\.\d+){3}|\[.*\])$/.test(location.hostname);

customElements.define('passkey-box', class extends HTMLElement {
  connectedCallback() {
    if (named && !able) return;
    this.hidden = false;
    this.querySelector('button').addEventListener('click', () => this.answer());
    this.closest('form').addEventListener('submit', this.first);
    if (named && 'suggests' in this.dataset) this.suggest();
  }

  disconnectedCallback() { this.waiting?.abort(); }

  /* Enter in a field beside the button asks as the button does: without an answer there is nothing to post. */
  first = (event) => {
    if (this.querySelector('input').value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.answer();
  };

  /* The browser lists passkeys under the e-mail field and waits; a click on the button ends the wait. */
  async suggest() {
    if (!await PublicKeyCredential.isConditionalMediationAvailable?.()) return;
    this.waiting = new AbortController();
    const wait = { mediation: 'conditional', signal: this.waiting.signal };
    try { this.post(await this.ask(wait)); } catch { /* nobody chose one: the form is still there */ }
  }

  async answer() {
    this.waiting?.abort();
    const button = this.querySelector('button');
    this.tell('');
    if (!named) return this.tell('unnamed');
    button.setAttribute('aria-busy', 'true');
    try { this.post(await this.ask({})); }
    catch (trouble) {
      this.tell(trouble.name === 'SecurityError' ? 'unnamed' : 'failed');
      button.removeAttribute('aria-busy');
    }
  }

  /* The words for each trouble come with the page, in the reader's language. */
  tell(trouble) {
    for (const words of this.querySelectorAll('[data-trouble]')) words.hidden = words.dataset.trouble !== trouble;
  }

  async ask(how) {
    const { publicKey } = await this.question();
    if (this.dataset.ceremony === 'create') {
      const options = PublicKeyCredential.parseCreationOptionsFromJSON(publicKey);
      return navigator.credentials.create({ publicKey: options, ...how });
    }
    const options = PublicKeyCredential.parseRequestOptionsFromJSON(publicKey);
    return navigator.credentials.get({ publicKey: options, ...how });
  }

  async question() {
    if (this.dataset.question) return JSON.parse(this.dataset.question);
    const asked = await fetch(this.dataset.source, { headers: { 'X-Requested-With': 'XMLHttpRequest' } });
    return (await asked.json()).request_options;
  }

  post(credential) {
    const form = this.closest('form');
    this.querySelector('input').value = JSON.stringify(credential.toJSON());
    form.requestSubmit();
  }
});
