// The devices as they stand on the counter: one drawing per class, with what its screen says. Pure: view and words in, SVG text out.

const ink = '#1d1b18', grey = '#5c5750', faint = '#6f6a61', paper = '#faf8f4', dark = '#2f2c29', key = '#e9e3d8';
const TONES = {
  open: {fill: '#1f7a4d', soft: '#e3f2ea', lamp: '#2fb673'},
  closed: {fill: '#4b5563', soft: '#e9ecef', lamp: '#7b8794'},
  stop: {fill: '#9f1239', soft: '#fbe4ea', lamp: '#d13a5e'},
  attend: {fill: '#955306', soft: '#fbefd9', lamp: '#d98a1f'},
};

const escape = text => String(text ?? '').replace(/[&<>"']/g, c => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'})[c]);
const width = (text, size) => [...text].reduce((sum, c) => sum + (c.codePointAt(0) > 0x2e7f ? 1 : /[mwMW@%]/.test(c) ? .82 : /[ilI.,:;'|·]/.test(c) ? .32 : .58), 0) * size;

/** One line that shrinks to fit into `max`. */
function t(x, y, text, size, {weight = 400, fill = ink, anchor = 'middle', max = 0} = {}) {
  if (!text) return '';
  const wide = width(String(text), size);
  const fitted = max && wide > max ? Math.max(5, size * max / wide) : size;
  return `<text x="${x}" y="${y}" font-size="${fitted.toFixed(2)}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escape(text)}</text>`;
}
const rect = (x, y, w, h, rx, fill, more = '') => `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${rx}" fill="${fill}" ${more}/>`;

/** The real code, scannable: white ground with its quiet zone. */
function qr(x, y, size, picture, dim = false) {
  if (!picture) return '';
  const unit = size / (picture.size + 4);
  return rect(x, y, size, size, 3, '#fff')
    + `<path transform="translate(${x + 2 * unit} ${y + 2 * unit}) scale(${unit})" fill="${dim ? '#9aa1ab' : ink}" stroke="none" shape-rendering="crispEdges" d="${picture.path}"/>`;
}

/** Lines one under the other in the middle of a box. */
function stack(x, y, w, h, lines) {
  const shown = lines.filter(line => line && line.text);
  const gap = 1.38;
  const sizes = shown.map(line => Math.min(line.size, (w - 8) / width(String(line.text), 1)));
  const total = sizes.reduce((sum, size) => sum + size * gap, 0);
  let at = y + (h - total) / 2;
  return shown.map((line, i) => {
    at += sizes[i] * gap;
    return t(x + w / 2, at - sizes[i] * .34, line.text, sizes[i], line);
  }).join('');
}

/** What every screen shows before it has a configuration. Null: it has one. */
function early(f, x, y, w, h) {
  const base = Math.min(w / 6, h / 6, 22);
  switch (f.mode) {
    case 'boot':
      return rect(x, y, w, h, 4, '#141311') + stack(x, y, w, h, [
        {text: '掌柜', size: base * 1.1, weight: 700, fill: '#f3efe8'},
        {text: f.words.booting, size: base * .6, fill: '#b9b2a6'}]);
    case 'code': {
      const code = f.code;
      const narrow = w < 90;
      return rect(x, y, w, h, 4, '#fff') + stack(x, y, w, h, [
        {text: f.words.codeTitle, size: base * .62, fill: faint},
        ...(narrow
          ? [{text: code.slice(0, 4), size: base * 1.5, weight: 700}, {text: code.slice(4), size: base * 1.5, weight: 700}]
          : [{text: code.slice(0, 4) + ' ' + code.slice(4), size: base * 1.35, weight: 700}]),
        {text: f.words.codeHint, size: base * .55, fill: TONES.attend.fill}]);
    }
    case 'refused':
      return rect(x, y, w, h, 4, TONES.stop.soft) + stack(x, y, w, h, [
        {text: '×', size: base * 1.4, weight: 700, fill: TONES.stop.fill},
        {text: f.words.refused, size: base * .8, weight: 700, fill: TONES.stop.fill},
        {text: f.serial, size: base * .55, fill: TONES.stop.fill}]);
    case 'search':
      return rect(x, y, w, h, 4, paper) + stack(x, y, w, h, [
        {text: '···', size: base * 1.4, weight: 700, fill: faint},
        {text: f.words.searching, size: base * .66, fill: grey}]);
    case 'unset':
      return rect(x, y, w, h, 4, paper) + stack(x, y, w, h, [
        {text: f.words.hello, size: base * 1.3, weight: 700},
        {text: f.words.unset, size: base * .6, fill: grey}]);
    default:
      return null;
  }
}

/** The strip at the foot of a screen for what is not as it should be. */
function strip(f, x, y, w, h = 15) {
  if (!f.alert) return '';
  const tone = TONES[f.alert.tone];
  return rect(x, y, w, h, 4, tone.soft) + t(x + w / 2, y + h * .69, f.alert.text, h * .54, {weight: 600, fill: tone.fill, max: w - 6});
}

const keypad = (x, y, dx, dy, w, h, labels) => labels.map((label, i) => {
  const kx = x + (i % 3) * dx, ky = y + Math.floor(i / 3) * dy;
  return rect(kx, ky, w, h, h * .38, key) + t(kx + w / 2, ky + h * .75, label, h * .65, {weight: 600, fill: grey});
}).join('');
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '×', '0', '✓'];

function smart(f) {
  const tone = TONES[f.tone];
  return `<path d="M92 18V4l4 3 4-3 4 3 4-3 4 3 4-3 4 3 4-3 4 3 4-3 4 3 4-3 4 3 4-3v14z" fill="#fff" stroke="#cfc6b6"/>`
    + rect(62, 12, 116, 46, 14, 'url(#dk)') + rect(88, 15, 64, 3, 1.5, '#1a1816') + rect(66, 20, 108, 196, 14, 'url(#dk)')
    + (early(f, 73, 34, 94, 168) ?? rect(73, 34, 94, 168, 4, paper) + rect(73, 34, 94, 62, 4, tone.soft)
      + t(79, 44, f.clock, 7, {weight: 600, fill: tone.fill, anchor: 'start'}) + t(161, 44, f.signal, 7, {weight: 600, fill: tone.fill, anchor: 'end'})
      + t(120, 71, f.head, 23, {weight: 700, fill: tone.fill, max: 86}) + t(120, 87, f.when || f.reason, 10, {fill: tone.fill, max: 86})
      + qr(85, 100, 70, f.qr, f.dim) + t(120, 182, f.pay, 9.5, {weight: 600, max: 86})
      + (f.alert ? strip(f, 76, 186, 88, 13) : t(120, 194, f.store, 8, {fill: faint, max: 86})))
    + rect(108, 207, 24, 3, 1.5, '#5b5650');
}

function sound(f) {
  const tone = TONES[f.tone];
  const holes = [77, 86, 95, 104, 113, 122, 131].map(x => [180, 188, 196].map(y => `<circle cx="${x}" cy="${y}" r="1.7" fill="#cfc8bc"/>`).join('')).join('');
  return (f.tone === 'open' ? '<circle class="breath" cx="104" cy="50" r="34" fill="url(#glow)"/>' : '')
    + rect(44, 36, 120, 180, 24, 'url(#lt)', 'stroke="#e6e0d6" stroke-width="1.5"') + rect(86, 47, 36, 7, 3.5, tone.lamp)
    + t(104, 69, f.mode === 'shop' ? f.line : f.status, 9, {weight: 600, fill: tone.fill, max: 108})
    + rect(58, 76, 92, 92, 8, dark) + (early(f, 63, 81, 82, 82) ?? (f.qr ? qr(63, 81, 82, f.qr, f.dim) : rect(63, 81, 82, 82, 3, '#fff') + stack(63, 81, 82, 82, [{text: f.head, size: 18, weight: 700, fill: tone.fill}])))
    + holes + '<path d="M176 92a16 16 0 0 1 0 22M184 84a28 28 0 0 1 0 38" fill="none" stroke="#8d877d" stroke-width="1.8"/>'
    + '<path d="M168 24h68a10 10 0 0 1 10 10v16a10 10 0 0 1-10 10h-50l-9 9v-9h-9a10 10 0 0 1-10-10V34a10 10 0 0 1 10-10z" fill="#fff" stroke="#e6e0d6" stroke-width="1.2"/>'
    + t(202, 38, f.says[0], 9, {fill: faint, max: 80}) + t(202, 54, f.says[1], 13.5, {weight: 700, max: 80});
}

function mpos(f) {
  const tone = TONES[f.tone];
  return rect(118, 14, 92, 188, 15, 'url(#dk)') + (early(f, 123, 20, 82, 176) ?? rect(123, 20, 82, 176, 10, paper)
      + `<path d="M123 66V30a10 10 0 0 1 10-10h62a10 10 0 0 1 10 10v36z" fill="${tone.soft}"/>`
      + t(164, 43, f.head, 14, {weight: 700, fill: tone.fill, max: 76}) + t(164, 58, f.when || f.reason, 8.5, {fill: tone.fill, max: 76})
      + (f.tone === 'open'
        ? t(164, 94, f.words.collect, 9, {fill: faint}) + t(164, 117, '¥26.00', 21, {weight: 700}) + rect(133, 130, 62, 26, 7, '#f3efe8') + t(164, 146.5, f.words.tap, 9, {weight: 600, max: 56})
        : stack(127, 76, 74, 84, [{text: f.reason, size: 11, weight: 600}, {text: f.outside, size: 9, fill: grey}]))
      + (f.alert ? strip(f, 126, 168, 76, 14) : t(164, 178, f.words.reader, 8, {weight: 600, fill: TONES.open.fill, max: 74})))
    + rect(150, 187, 28, 2.5, 1.25, '#cfc8bc') + '<path d="M110 202h108l4 14H106z" fill="#e9e3d8"/>'
    + rect(36, 66, 46, 56, 4, '#d9cfbf') + rect(36, 76, 46, 9, 0, '#a99c86') + rect(28, 100, 62, 116, 12, 'url(#lt)', 'stroke="#e6e0d6" stroke-width="1.5"')
    + rect(34, 99, 50, 3, 1.5, '#c4bcae') + rect(36, 112, 46, 28, 3, '#dfe6d8') + t(59, 130, f.tone === 'open' && f.mode === 'shop' ? '26.00' : '--', 11, {weight: 600})
    + keypad(37, 149, 16, 15, 12, 9, ['', '', '', '', '', '', '', '', '', '', '', ''])
    + `<path d="M96 150a10 10 0 0 1 0 16M102 144a19 19 0 0 1 0 28" fill="none" stroke="${tone.fill}" stroke-width="1.8"/>`;
}

function kiosk(f) {
  const tone = TONES[f.tone];
  const open = f.tone === 'open';
  const bowl = '<path d="M-44 0h88c0 26-16 40-30 40h-28c-14 0-30-14-30-40z" fill="#fff"/><path d="M-14 40l-3 7h34l-3-7"/>'
    + '<path d="M-36 0c2-9 12-9 14 0M-22 0c2-12 14-12 16 0M-6 0c2-10 14-10 16 0M10 0c2-12 12-12 14 0M24 0c2-8 10-8 12 0"/>'
    + (open ? '<path d="M30-6L58-36M36-2l30-27"/><path d="M-22-20c-5-6 5-9 0-16M-4-22c-5-6 5-9 0-16M14-20c-5-6 5-9 0-16" stroke="#8d877d" class="breath"/>'
            : '<path d="M30-18h8l-8 9h8M46-34h11l-11 12h11" stroke="#8d877d"/>')
    + (open ? '<path d="M-22 14c5 5 10 5 15 0M7 14c5 5 10 5 15 0M-4 22c3 3 6 3 8 0" stroke-width="1.8"/>'
            : '<path d="M-22 16h14M8 16h14M-3 25h6" stroke-width="1.8"/>');
  return '<ellipse cx="120" cy="606" rx="104" ry="9" fill="#ece6db"/>' + rect(96, 430, 48, 166, 0, 'url(#dk)')
    + '<path d="M48 600a8 8 0 0 1 8-10h128a8 8 0 0 1 8 10l2 8H46z" fill="#45413c"/>' + rect(18, 6, 204, 440, 22, 'url(#dk)')
    + '<circle cx="120" cy="16.5" r="2.5" fill="#6b655e"/>'
    + (early(f, 28, 28, 184, 344) ?? rect(28, 28, 184, 344, 8, paper) + rect(42, 44, 22, 22, 6, '#b3261e') + t(53, 60.5, '掌', 14, {weight: 700, fill: '#fff'})
      + t(72, 60, f.store, 14, {weight: 700, anchor: 'start', max: 86}) + t(198, 60, f.clock, 11, {fill: faint, anchor: 'end'})
      + `<g transform="translate(114 146) scale(1.05)" fill="none" stroke="${ink}" stroke-width="2">${bowl}</g>`
      + t(120, 232, open ? f.words.hello : f.head, 30, {weight: 700, max: 160})
      + rect(44, 246, 152, 28, 14, tone.soft) + `<circle cx="58" cy="260" r="4" fill="${tone.fill}"/>` + t(124, 264.5, open ? f.line : f.when || f.reason, 12.5, {weight: 600, fill: tone.fill, max: 118})
      + (open ? rect(44, 292, 152, 46, 14, ink) + t(120, 320.5, f.words.order, 17, {weight: 700, fill: '#fff', max: 140})
              : stack(44, 284, 152, 54, [{text: f.reason, size: 13, weight: 600}, {text: f.outside, size: 11, fill: grey}]))
      + (f.alert ? strip(f, 40, 345, 160, 20) : t(120, 359, f.notice || f.words.orderHint, 9.5, {fill: faint, max: 168})))
    + rect(46, 394, 62, 30, 6, '#1a1816') + `<path d="M58 401v16M62 401v16M67 401v16M70 401v16M76 401v16M80 401v16M85 401v16M90 401v16M95 401v16" stroke="${tone.lamp}" stroke-opacity=".75" stroke-width="1.6"/>`
    + rect(126, 398, 66, 5, 2.5, '#1a1816') + '<path d="M138 402h42v26l-4-3-4 3-4.5-3-4.5 3-4-3-4 3-4.5-3-4.5 3-4-3-4 3z" fill="#fff"/>'
    + t(159, 415, f.gen ? f.words.slip(f.gen) : '', 7.5, {weight: 600, fill: grey, max: 38});
}

function scan(f) {
  const tone = TONES[f.tone];
  return (f.tone === 'open' ? '<path class="breath" d="M92 40L60 0h120L148 40z" fill="url(#beam)"/>' : '')
    + '<path d="M80 40a10 10 0 0 1 10-10h60a10 10 0 0 1 10 10v20H80z" fill="#45413c"/>' + rect(94, 34, 52, 7, 3.5, tone.lamp)
    + rect(58, 48, 124, 168, 22, 'url(#dk)')
    + (early(f, 68, 60, 104, 112) ?? rect(68, 60, 104, 112, 6, paper) + rect(68, 60, 104, 22, 6, tone.soft)
      + t(76, 75, f.head, 9.5, {weight: 700, fill: tone.fill, anchor: 'start', max: 40}) + t(164, 75, f.when, 8.5, {fill: tone.fill, anchor: 'end', max: 54})
      + (f.tone === 'open'
        ? t(120, 110, '¥28.00', 24, {weight: 700}) + t(120, 127, f.words.showCode, 10, {fill: grey, max: 96})
        : stack(70, 84, 100, 54, [{text: f.reason, size: 14, weight: 700}, {text: f.outside, size: 9.5, fill: grey}]))
      + strip(f, 71, 142, 98, 24))
    + rect(98, 184, 44, 18, 9, '#4a4641') + '<circle cx="120" cy="193" r="4" fill="#6b655e"/>';
}

function esign(f) {
  const tone = TONES[f.tone];
  return rect(74, 10, 92, 206, 18, 'url(#lt)', 'stroke="#e6e0d6" stroke-width="1.5"') + rect(83, 22, 74, 92, 6, dark)
    + (early(f, 86, 25, 68, 86) ?? rect(86, 25, 68, 86, 3, '#fdfcf9') + rect(86, 25, 68, 17, 3, tone.soft)
      + t(120, 36.5, f.line, 8, {weight: 600, fill: tone.fill, max: 62})
      + (f.tone === 'open'
        ? t(120, 60, '¥68.00', 16, {weight: 700})
          + `<path d="M94 86c5-15 11-20 12-12 1 9-7 16-1 16 5 0 6-9 10-9 4 0 1 6 6 6 4 0 4-3 8-3 3 0 2 3 6 3l8-2" fill="none" stroke="${ink}" stroke-width="1.8"/>`
          + '<path d="M92 94h56" stroke="#cfc8bc" stroke-width="1" stroke-dasharray="2 3"/>'
        : stack(88, 44, 64, 48, [{text: f.head, size: 15, weight: 700, fill: tone.fill}, {text: f.reason, size: 9, fill: grey}]))
      + (f.alert ? strip(f, 88, 96, 64, 13) : t(120, 105.5, f.tone === 'open' ? f.words.sign : f.outside, 8, {fill: faint, max: 62})))
    + keypad(86, 124, 25, 20, 18, 13, KEYS) + rect(100, 207, 40, 3, 1.5, '#cfc8bc');
}

function cloud(f) {
  const tone = TONES[f.tone];
  return '<g fill="#fff" stroke="#cfc6b6" stroke-width="1.6"><path d="M96 62h52a17 17 0 0 0 3-33.700A26 26 0 0 0 101 26a18.5 18.5 0 0 0-5 36z"/></g>'
    + `<path class="${f.connected ? 'breath' : ''}" d="M113 ${f.connected ? 38 : 40}v14M108 47l5 5 5-5M133 52V38M128 43l5-5 5 5" fill="none" stroke="${f.connected ? TONES.open.fill : '#a9a297'}" stroke-width="2"/>`
    + (f.connected ? '' : `<path d="M100 28l46 34" stroke="${TONES.closed.fill}" stroke-width="2"/>`)
    + '<path d="M36 92a14 14 0 0 1 14-14h140a14 14 0 0 1 14 14l12 104a18 18 0 0 1-18 20H42a18 18 0 0 1-18-20z" fill="url(#dk)"/>'
    + rect(42, 90, 108, 100, 5, '#1a1816')
    + (early(f, 46, 94, 100, 92) ?? rect(46, 94, 100, 92, 3, paper) + rect(46, 94, 100, 22, 3, tone.soft)
      + t(52, 109, f.head, 11, {weight: 700, fill: tone.fill, anchor: 'start', max: 40}) + t(140, 109, f.when, 8.5, {fill: tone.fill, anchor: 'end', max: 48})
      + (f.qr ? qr(50, 120, 50, f.qr, f.dim) + stack(100, 118, 46, 54, [{text: f.tone === 'open' ? f.words.scanMe : f.reason, size: 10, weight: 600}, {text: f.tone === 'open' ? f.clock : f.outside, size: 9, fill: grey}])
              : stack(48, 120, 96, 50, [{text: f.reason, size: 13, weight: 600}]))
      + (f.alert ? strip(f, 49, 171, 94, 13) : t(96, 180, f.store, 8, {fill: faint, max: 92})))
    + keypad(158, 94, 15, 17, 12, 11, ['', '', '', '', '', '', '', '', '', '', '', ''])
    + rect(158, 166, 42, 20, 7, tone.lamp) + '<path d="M60 202h120" stroke="#5b5650" stroke-width="3" stroke-linecap="round"/>';
}

function touch(f) {
  const tone = TONES[f.tone];
  const dishes = [['牛肉面', 'Beef noodles', '28'], ['凉拌黄瓜', 'Cucumber', '12'], ['卤蛋', 'Egg', '3']];
  return '<path d="M104 170h32l8 38H96z" fill="#45413c"/>' + rect(70, 206, 100, 10, 5, '#3a3632')
    + '<g transform="rotate(-1.5 120 96)">' + rect(16, 22, 208, 152, 12, 'url(#dk)')
    + (early(f, 24, 30, 192, 136) ?? rect(24, 30, 192, 136, 4, paper) + rect(24, 30, 192, 26, 4, tone.soft)
      + t(32, 48, f.head, 14, {weight: 700, fill: tone.fill, anchor: 'start', max: 70}) + t(208, 47.5, f.when || f.reason, 10.5, {fill: tone.fill, anchor: 'end', max: 104})
      + (f.tone === 'open'
        ? dishes.map((dish, i) => rect(32, 64 + i * 25, 96, 21, 6, '#f3efe8') + t(38, 78 + i * 25, f.lang === 'en' ? dish[1] : dish[0], 9.5, {weight: 600, anchor: 'start', max: 58}) + t(122, 78 + i * 25, '¥' + dish[2], 9.5, {fill: grey, anchor: 'end'})).join('')
        : stack(30, 62, 100, 80, [{text: f.reason, size: 15, weight: 700}, {text: f.outside, size: 10, fill: grey}]))
      + (f.qr ? qr(138, 62, 70, f.qr, f.dim) : '') + t(173, 142, f.pay, 8.5, {weight: 600, max: 72})
      + (f.alert ? strip(f, 30, 147, 180, 15) : t(120, 158, f.store, 8.5, {fill: faint, max: 180})))
    + '</g>' + `<circle cx="120" cy="26" r="1.6" fill="#6b655e"/>`;
}

function card(f) {
  const tone = TONES[f.tone];
  const slip = f.mode === 'shop';
  return `<path d="M84 60V6l5 4 5-4 5 4 5-4 5 4 5-4 5 4 5-4 5 4 5-4 5 4 5-4 5 4 7-4v54z" fill="#fff" stroke="#cfc6b6"/>`
    + (slip ? t(120, 24, f.store, 9, {weight: 700, max: 64}) + '<path d="M92 29h56" stroke="#cfc8bc" stroke-dasharray="2 3"/>' + t(120, 41, f.line, 8, {fill: grey, max: 64}) + t(120, 52, f.gen ? f.words.version(f.gen) : '', 7, {fill: faint, max: 64}) : '')
    + '<path d="M52 56h136a14 14 0 0 1 14 13l9 128a18 18 0 0 1-18 19H47a18 18 0 0 1-18-19l9-128a14 14 0 0 1 14-13z" fill="url(#dk)"/>' + rect(80, 58, 80, 4, 2, '#141311')
    + rect(52, 72, 124, 52, 5, '#1a1816')
    + (early(f, 56, 76, 116, 44) ?? rect(56, 76, 116, 44, 2, f.tone === 'open' ? '#d5e2cd' : '#d9dcd6')
      + stack(56, 76, 116, f.alert ? 30 : 44, [{text: f.tone === 'open' ? f.line : f.head, size: f.alert ? 12 : 15, weight: 700}, {text: f.tone === 'open' ? f.words.swipe : f.when || f.reason, size: f.alert ? 8 : 10}])
      + (f.alert ? strip(f, 58, 105, 112, 13) : ''))
    + keypad(54, 134, 37, 19, 30, 14, KEYS) + rect(184, 78, 6, 120, 3, '#141311') + rect(166, 134, 12, 33, 5, tone.lamp) + rect(166, 172, 12, 33, 5, '#d98a1f');
}

const DRAWINGS = {QR_PLATE: sound, MPOS: mpos, ESIGN_POS: esign, SCAN_POS: scan, CLOUD_POS: cloud, SMART_POS: smart, TOUCH_POS: touch, CARD_POS: card, KIOSK: kiosk};
const BOXES = {KIOSK: '0 0 240 618', QR_PLATE: '14 0 240 216'};

/** @param f face: what the screen says, from screens.js */
export function device(f) {
  const box = BOXES[f.deviceClass] ?? '0 0 240 216';
  const [, , w, h] = box.split(' ');
  return `<svg width="${w}" height="${h}" viewBox="${box}" stroke-linecap="round" stroke-linejoin="round" role="img" aria-label="${escape(f.label)}">${(DRAWINGS[f.deviceClass] ?? smart)(f)}</svg>`;
}

const icon = body => `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${body}</svg>`;

/** The one small line drawing of each class. */
export const classIcons = {
  MPOS: icon('<rect x="12.2" y="2.6" width="9" height="18.8" rx="2.2"/><path d="M15.6 18.3h2.2"/><rect x="2.8" y="11.4" width="6.6" height="10" rx="1.8"/><path d="M5 14.4h2.2M6.1 8.6V6.4M6.1 11.4V8.6M3.6 7.2l2.5-2 2.5 2"/>'),
  SMART_POS: icon('<path d="M8 7V2.7l1.35 1 1.3-1 1.35 1 1.35-1 1.3 1 1.35-1V7"/><rect x="5.2" y="7" width="13.6" height="14.4" rx="2.4"/><path d="M8.4 10.2h7.2v7.2H8.4zM11 19.5h2"/>'),
  SCAN_POS: icon('<path d="M8 6.2L6.2 2.8M12 6V2.6M16 6.2l1.8-3.4"/><rect x="5" y="9" width="14" height="12.4" rx="2.6"/><path d="M8.6 12.4v5.6M11 12.4v5.6M13.2 12.4v5.6M15.4 12.4v5.6"/>'),
  CLOUD_POS: icon('<path d="M8 9.8h8.4a2.9 2.9 0 0 0 .5-5.750 4.400 4.400 0 0 0-8.5-.350A3.100 3.100 0 0 0 8 9.800z"/><path d="M12 9.800v3.400"/><rect x="5" y="13.200" width="14" height="8.200" rx="2"/><path d="M8.400 17.400h3.200M15.400 17.400h.010"/>'),
  KIOSK: icon('<rect x="6" y="2.6" width="12" height="13.4" rx="2"/><path d="M9 6h6M9 9h6M12 12.6h.01M9.6 16v5.4M14.4 16v5.4M5.8 21.4h12.4"/>'),
  QR_PLATE: icon('<rect x="2.8" y="4.6" width="12.4" height="16.8" rx="3"/><circle cx="9" cy="14.8" r="3.2"/><path d="M9 8.4h.01M18 15.8a3.4 3.4 0 0 0 0-5.2M20.2 18.2a6.8 6.8 0 0 0 0-10"/>'),
  ESIGN_POS: icon('<rect x="5.6" y="2.6" width="12.8" height="18.8" rx="2.4"/><path d="M8.4 9.6c.9-3.4 2.5-4.2 2.6-2.5.1 1.5-1.2 3.2-.2 3.2.9 0 1.1-1.8 1.9-1.8.7 0 .4 1.2 1.1 1.2h1.8M8.4 13.2h7.2M9 16h.01M12 16h.01M15 16h.01M9 18.6h.01M12 18.6h.01M15 18.6h.01"/>'),
  TOUCH_POS: icon('<path d="M9.4 21.4H6.8a2.2 2.2 0 0 1-2.2-2.2V4.800a2.200 2.200 0 0 1 2.200-2.200h7.800a2.200 2.200 0 0 1 2.200 2.200v3.400"/><path d="M12.600 21.400l-2.600-3.600a1.350 1.350 0 0 1 2.100-1.700l1.100 1.200v-6a1.400 1.400 0 0 1 2.800 0v3.5l3 .700a1.900 1.900 0 0 1 1.400 2.100l-.5 3.800M9.400 5.800h2.600"/>'),
  CARD_POS: icon('<path d="M8.2 7.4V2.6h7.6v4.8"/><path d="M5.8 7.4h12.4a1.6 1.6 0 0 1 1.6 1.4l.9 10.4a2 2 0 0 1-2 2.2H5.3a2 2 0 0 1-2-2.2l.9-10.4a1.6 1.6 0 0 1 1.600-1.400z"/><path d="M7.600 10.400h8.800v2.400H7.600zM8.400 15.800h.010M12 15.800h.010M15.600 15.800h.010M8.400 18.600h.010M12 18.600h.010M15.600 18.600h.010"/>'),
};

export const faultIcons = {
  network: icon('<path d="M3 3l18 18M8.5 15.5a5 5 0 0 1 7 0M5 12a10 10 0 0 1 4-2.4M19 12a10 10 0 0 0-5-2.7M12 19.5h.01"/>'),
  tamper: icon('<path d="M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h5M14 3l5 5v4M14 3v5h5M15 16l5 5M20 16l-5 5"/>'),
  clock: icon('<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>'),
  reboot: icon('<path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 3.5v4h-4"/>'),
  poison: icon('<path d="M10 3h4M10.5 3v6L5.5 17.5A2.3 2.3 0 0 0 7.5 21h9a2.3 2.3 0 0 0 2-3.5L13.5 9V3M8 15h8"/>'),
  lying: icon('<path d="M5 4.5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7L7.5 20v-3.5H5a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM9.5 8l5 5M14.5 8l-5 5"/>'),
  full: icon('<rect x="4" y="5" width="16" height="14" rx="2"/><path d="M8 9v6M12 9v6M16 9v6"/>'),
  slow: icon('<path d="M7 3.5h10M7 20.5h10M8 3.5v3.5c0 2.5 8 7.5 8 10v3.5M16 3.5v3.5c0 2.5-8 7.5-8 10v3.5"/>'),
};
