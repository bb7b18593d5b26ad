/* What pages do without the server. Custom elements and event delegation only, so what htmx swaps in
   just works; nothing is evaluated, no inline handler, every word comes from the page. */
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const root = document.documentElement;

  const say = words => { const live = $('#live'); if (live) live.textContent = words; };

  customElements.define('theme-toggle', class extends HTMLElement {
    connectedCallback() { this.hidden = false; this.addEventListener('click', () => this.flip()); }
    flip() {
      const dark = root.dataset.theme
        ? root.dataset.theme === 'dark'
        : matchMedia('(prefers-color-scheme: dark)').matches;
      root.dataset.theme = dark ? 'light' : 'dark';
      try { localStorage.setItem('theme', root.dataset.theme); } catch { /* this page only */ }
    }
  });

  customElements.define('copy-button', class extends HTMLElement {
    connectedCallback() { this.addEventListener('click', () => this.copy()); }
    async copy() {
      try { await navigator.clipboard.writeText(this.getAttribute('value')); } catch { return this.select(); }
      const button = $('button', this), label = $('[data-label]', this), words = label?.textContent;
      if (button.dataset.done !== undefined) return;
      button.dataset.done = '';
      const icon = $('use', this), before = icon.getAttribute('href');
      icon.setAttribute('href', before.replace(/#.*/, '#check'));
      if (label) label.textContent = this.getAttribute('done');
      say(this.getAttribute('done'));
      setTimeout(() => {
        delete button.dataset.done; icon.setAttribute('href', before);
        if (label) label.textContent = words;
      }, 1800);
    }
    /* No clipboard (plain http, old browser): select the text beside, for the keyboard. */
    select() {
      const text = $('.codebox span, .mono', this.parentElement);
      if (text) getSelection().selectAllChildren(text);
    }
  });

  customElements.define('count-down', class extends HTMLElement {
    connectedCallback() {
      const total = +this.dataset.total, end = Date.now() + this.dataset.left * 1000;
      const out = $('b', this), ring = $('circle + circle', this);
      const tick = () => {
        const left = Math.max(0, Math.round((end - Date.now()) / 1000));
        out.textContent = `${String(Math.floor(left / 60)).padStart(2, '0')}:${String(left % 60).padStart(2, '0')}`;
        ring.setAttribute('stroke-dashoffset', 100 - Math.min(100, left / total * 100));
        if (!left) clearInterval(this.timer);
      };
      tick(); this.timer = setInterval(tick, 1000);
    }
    disconnectedCallback() { clearInterval(this.timer); }
  });

  /* A list's filters apply while typing. */
  let typing;
  const submitSoon = (form, delay) => { clearTimeout(typing); typing = setTimeout(() => form.requestSubmit(), delay); };
  document.addEventListener('change', event => {
    const form = event.target.closest('form[data-auto-submit]');
    if (form && event.target.matches('select')) submitSoon(form, 0);
  });

  /* One click is one order: a second submit of the same form waits for the page to answer. */
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.method !== 'post') return;
    if (form.dataset.sent !== undefined) { event.preventDefault(); return; }
    form.dataset.sent = '';
    event.submitter?.setAttribute('aria-busy', 'true');
  });
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
    for (const button of document.querySelectorAll('button[aria-busy]')) button.removeAttribute('aria-busy');
  });

  /* Menus and the phone's rail close by a click outside or by Escape. */
  const closeMenus = but => { for (const menu of document.querySelectorAll('details.menu[open]')) if (menu !== but) menu.open = false; };
  document.addEventListener('click', event => closeMenus(event.target.closest('details.menu')));
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      const menu = $('details.menu[open]');
      if (menu) { menu.open = false; $('summary', menu).focus(); }
      if (location.hash === '#menu') location.hash = '#conteudo';
    }
    const free = !event.target.closest('input,textarea,select,[contenteditable]');
    if (event.key === '/' && free && !event.ctrlKey && !event.metaKey) {
      const box = $('[data-search]');
      if (box) { event.preventDefault(); box.focus(); }
    }
  });

  for (const toast of document.querySelectorAll('.toast')) setTimeout(() => toast.remove(), 6000);

  /* Live regions: say when the line is down; without htmx, ask for the page again. */
  const connected = yes => {
    for (const mark of document.querySelectorAll('[data-live-on]')) mark.hidden = !yes;
    for (const mark of document.querySelectorAll('[data-live-off]')) mark.hidden = yes;
  };
  document.addEventListener('htmx:error', () => connected(false));
  document.addEventListener('htmx:after:swap', () => connected(true));
  document.addEventListener('DOMContentLoaded', () => {
    const region = $('[data-poll]');
    if (region && !window.htmx) setTimeout(() => location.reload(), Math.max(10, +region.dataset.poll) * 1000);
  });

  $('[aria-invalid="true"]')?.focus();
})();
