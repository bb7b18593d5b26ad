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

  /* Ctrl-K: places of the navigation at once, and what the search page finds as soon as it answers. */
  customElements.define('command-palette', class extends HTMLElement {
    connectedCallback() {
      this.box = $('dialog', this); this.input = $('input', this); this.list = $('[role="listbox"]', this);
      document.addEventListener('click', event => {
        if (event.target.closest('a[data-palette]') && !event.ctrlKey && !event.metaKey) { event.preventDefault(); this.toggle(); }
        else if (event.target === this.box) this.box.close();
      });
      document.addEventListener('keydown', event => {
        if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') { event.preventDefault(); this.toggle(); }
      });
      this.input.addEventListener('input', () => this.look());
      this.input.addEventListener('keydown', event => this.press(event));
    }
    toggle() {
      if (this.box.open) return this.box.close();
      this.box.showModal(); this.input.select(); this.look();
    }
    get options() { return [...this.list.querySelectorAll('a')].filter(option => !option.closest('[hidden]')); }
    look() {
      const words = this.input.value.trim();
      for (const item of this.list.querySelectorAll('[data-places] li'))
        item.hidden = !item.textContent.toLowerCase().includes(words.toLowerCase());
      const places = $('[data-places]', this);
      places.hidden = ![...places.querySelectorAll('li')].some(item => !item.hidden);
      this.mark(0);
      clearTimeout(this.soon); this.asked?.abort();
      if (words.length < 2) { $('[data-found]', this).replaceChildren(); return this.mark(0); }
      this.soon = setTimeout(() => this.ask(words), 150);
    }
    async ask(words) {
      this.asked = new AbortController();
      try {
        const answer = await fetch(`${this.dataset.url}?q=${encodeURIComponent(words)}`, {
          headers: { 'HX-Request': 'true', 'HX-Target': 'div#achados' }, signal: this.asked.signal,
        });
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        $('[data-found]', this).replaceChildren(...page.querySelectorAll('.hits'));
        this.mark(0);
        say(String(this.options.length));
      } catch { /* a newer question is on its way */ }
    }
    mark(index) {
      const options = this.options, chosen = options.at(index % (options.length || 1));
      for (const hidden of this.list.querySelectorAll('[id^="opcao-"]')) hidden.removeAttribute('id');
      options.forEach((option, at) => {
        option.id = `opcao-${at}`; option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', String(option === chosen));
      });
      this.chosen = options.indexOf(chosen);
      chosen?.scrollIntoView({ block: 'nearest' });
      if (chosen) this.input.setAttribute('aria-activedescendant', chosen.id);
      else this.input.removeAttribute('aria-activedescendant');
    }
    press(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { event.preventDefault(); this.mark(this.chosen + step); }
      if (event.key === 'Enter') { event.preventDefault(); this.options[this.chosen]?.click(); }
    }
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
