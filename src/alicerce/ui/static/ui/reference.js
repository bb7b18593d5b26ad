/* The reference of the API in the colors of the page around it, drawn again when those change. */
(() => {
  const place = document.querySelector('[data-reference]');
  if (!place) return;
  const probe = place.appendChild(document.createElement('span'));
  const ink = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

  /* As red, green and blue: Redoc works with its colors, and knows no others. */
  const color = (name) => {
    probe.style.color = `var(${name})`;
    ink.clearRect(0, 0, 1, 1);
    ink.fillStyle = getComputedStyle(probe).color;
    ink.fillRect(0, 0, 1, 1);
    const [red, green, blue] = ink.getImageData(0, 0, 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  };

  const theme = () => {
    const text = color('--text'), quiet = color('--text-2'), line = color('--line');
    const surface = color('--surface'), raised = color('--surface-2'), brand = color('--brand-text');
    const font = getComputedStyle(place).fontFamily;
    const mono = getComputedStyle(document.documentElement).getPropertyValue('--font-mono');
    return {
      colors: {
        primary: { main: brand },
        success: { main: color('--ok-text') },
        warning: { main: color('--warn-text') },
        error: { main: color('--bad-text') },
        text: { primary: text, secondary: quiet },
        border: { light: line, dark: color('--line-strong') },
        gray: { 50: raised, 100: color('--hover') },
        responses: {
          success: { color: color('--ok-text'), backgroundColor: color('--ok-soft') },
          error: { color: color('--bad-text'), backgroundColor: color('--bad-soft') },
          redirect: { color: color('--warn-text'), backgroundColor: color('--warn-soft') },
          info: { color: color('--info-text'), backgroundColor: color('--info-soft') },
        },
      },
      schema: { linesColor: line, nestedBackground: raised, typeNameColor: quiet, typeTitleColor: quiet, requireLabelColor: color('--bad-text'), arrow: { color: quiet } },
      typography: {
        fontFamily: font,
        fontSize: '14px',
        headings: { fontFamily: font, fontWeight: '600' },
        code: { fontFamily: mono, fontSize: '13px', color: text, backgroundColor: raised },
        links: { color: brand, visited: brand, hover: brand },
      },
      sidebar: { backgroundColor: raised, textColor: text, activeTextColor: brand, groupItems: { activeBackgroundColor: color('--hover'), activeTextColor: brand }, level1Items: { activeBackgroundColor: color('--hover'), activeTextColor: brand }, arrow: { color: quiet } },
      rightPanel: { backgroundColor: '#1c2130', textColor: '#fff' },
      codeBlock: { backgroundColor: '#12151f' },
      fab: { backgroundColor: surface, color: text },
    };
  };

  let drawn = null;
  const draw = () => {
    const fresh = document.createElement('div');
    const options = { theme: theme(), labels: JSON.parse(place.dataset.words), disableSearch: true, hideDownloadButtons: true, hideDownloadButton: true, nativeScrollbars: true, scrollYOffset: () => document.querySelector('header')?.offsetHeight ?? 0 };
    drawn?.remove();
    drawn = place.appendChild(fresh);
    window.Redoc.init(place.dataset.reference, options, fresh);
  };

  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  draw();
})();
