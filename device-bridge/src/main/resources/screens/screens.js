import {classIcons, device, faultIcons} from './shapes.js';

const lang = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'zh';
const WORDS = {
  zh: {
    title: '虚拟收银机', subtitle: (store, n) => `${store ? store + '。' : ''}${n} 台都按真机的规矩跑，随便弄坏。`,
    none: '还没有机器。按「开机一台」，从盒子里拿一台出来。', loading: '正在找机器…', other: 'English',
    powerOn: '开机一台', portal: '去掌柜改打烊时间，看它们变', events: '刚才发生的', lost: '和虚拟收银机断开了，正在重连…',
    powerHint: '像刚从盒子里拿出来一样：它会亮出激活码，等你在掌柜里输入。', serial: '序列号（印在机身背面）', deviceClass: '机型', cancel: '先不开', submit: '开机',
    network: '断网', tamper: '篡改配置', clock: '时钟 +10 年', reboot: '重启', more: n => n ? `更多毛病 · ${n}` : '更多毛病',
    poison: '打烊就死机', lying: '谎报生效', full: '存储满了', slow: '慢 3 秒', poisonHint: '店里一按「临时打烊」它就死机重启，三次以后退回上一版', lyingHint: '说已生效，其实没换', fullHint: '什么也写不进去了', slowHint: '每收到一条，过 3 秒才处理',
    booting: '正在开机', codeTitle: '激活码', codeHint: '在掌柜里输入它', refused: '平台不认识我', searching: '正在找平台', hello: '您好', unset: '已激活，等第一份设置',
    collect: '收款', tap: '请插卡或挥卡', reader: '读卡器已连上', order: '开始点餐', orderHint: '点好再付，现金请到柜台', showCode: '请出示付款码', sign: '请在这里签名', swipe: '请刷卡', scanMe: '请扫码', pay: '请扫码付款',
    slip: n => `第 ${n} 版`, version: n => `第 ${n} 版设置`, welcome: '欢迎光临', bye: '下次见', busy: '等一等', offlineSay: '网断了', carryOn: '照常收款', fake: '假的！', keep: '没采用',
    pills: {boot: '正在开机', code: '等激活', refused: '平台不认识', search: '正在找平台', offline: '离线', rejected: '已拒绝', clock: '时钟不准', stale: '设置过期', connected: '已连接'},
    codeLine: code => `在掌柜里输入 <b>${code}</b>`, refusedLine: '仓库里没有这个序列号，请先入库', searchLine: '连上就会亮出激活码', unsetLine: '还没有设置，马上就来',
    applied: s => `改后 <b>${s}</b> 秒生效`, offlineLine: since => `断网${since}，连上就补`, rejectedLine: (code, words) => `拒绝 ${code}：${words}`, clockLine: '按网络时间算', current: '和平台一致',
    minutes: m => m < 1 ? '' : m < 60 ? ` ${m} 分钟` : ` ${Math.floor(m / 60)} 小时`, certificate: day => `用自己的证书连接，有效到 ${day}`, alertOffline: '网断了，照常工作', alertFake: '假配置，没采用', alertClock: '时钟不准，按网络时间', alertStale: '设置好久没更新了', online: '在线', away: '离线',
  },
  en: {
    title: 'Virtual terminals', subtitle: (store, n) => `${store ? store + '. ' : ''}${n} of them, all by the rules of real ones. Break them as you like.`,
    none: 'No terminals yet. Press “Power one on” to take one out of its box.', loading: 'Looking for terminals…', other: '中文',
    powerOn: 'Power one on', portal: 'Change the hours and watch them', events: 'What just happened', lost: 'Lost the virtual terminals, connecting again…',
    powerHint: 'As if fresh from its box: it shows an activation code and waits until you type it in Zhanggui.', serial: 'Serial number (on its back)', deviceClass: 'Kind', cancel: 'Not now', submit: 'Power on',
    network: 'Cut network', tamper: 'Tamper', clock: 'Clock +10 y', reboot: 'Restart', more: n => n ? `More faults · ${n}` : 'More faults',
    poison: 'Crash on close', lying: 'Lie', full: 'Memory full', slow: 'Slow by 3 s', poisonHint: 'Crashes whenever the shop presses “close now”, and goes back after three times', lyingHint: 'Says it runs a version and does not', fullHint: 'Nothing more can be written', slowHint: 'Needs 3 s for each message',
    booting: 'Starting', codeTitle: 'Activation code', codeHint: 'Type it in Zhanggui', refused: 'Nobody knows me', searching: 'Looking for the platform', hello: 'Hello', unset: 'Activated, waiting for settings',
    collect: 'To pay', tap: 'Insert or tap card', reader: 'Reader connected', order: 'Order here', orderHint: 'Pay after ordering; cash at the counter', showCode: 'Show your payment code', sign: 'Sign here', swipe: 'Swipe card', scanMe: 'Scan me', pay: 'Scan to pay',
    slip: n => `v ${n}`, version: n => `Settings version ${n}`, welcome: 'Welcome', bye: 'See you', busy: 'One moment', offlineSay: 'No network', carryOn: 'I carry on', fake: 'A fake!', keep: 'Not taken',
    pills: {boot: 'Starting', code: 'To activate', refused: 'Unknown', search: 'Searching', offline: 'Offline', rejected: 'Refused', clock: 'Clock off', stale: 'Settings old', connected: 'Connected'},
    codeLine: code => `Type <b>${code}</b> in Zhanggui`, refusedLine: 'This serial number is not in stock yet', searchLine: 'Shows its code once connected', unsetLine: 'No settings yet, any moment now',
    applied: s => `in effect after <b>${s}</b> s`, offlineLine: since => `offline${since}, catches up later`, rejectedLine: (code, words) => `refused ${code}: ${words}`, clockLine: 'goes by network time', current: 'in step',
    minutes: m => m < 1 ? '' : m < 60 ? ` for ${m} min` : ` for ${Math.floor(m / 60)} h`, certificate: day => `Connected with its own certificate, good until ${day}`, alertOffline: 'Offline, carrying on', alertFake: 'Fake settings, not taken', alertClock: 'Clock off, using network time', alertStale: 'Settings are old', online: 'online', away: 'offline',
  },
};
const w = WORDS[lang];
const LOCK = '<svg class="lock" viewBox="0 0 12 12" aria-hidden="true"><rect x="2" y="5.5" width="8" height="5.5" rx="1.2" fill="currentColor"/><path d="M4 5.5V4a2 2 0 0 1 4 0v1.5" fill="none" stroke="currentColor" stroke-width="1.3"/></svg>';
const CLASSES = {
  QR_PLATE: {zh: '逸码通', en: 'QR sound box'}, MPOS: {zh: '手机刷卡器', en: 'Mobile card reader'}, ESIGN_POS: {zh: '电签 POS', en: 'Signature POS'},
  SCAN_POS: {zh: '扫码 POS', en: 'Scanner POS'}, CLOUD_POS: {zh: '云 POS', en: 'Cloud POS'}, SMART_POS: {zh: '智能 POS', en: 'Smart POS'},
  TOUCH_POS: {zh: '触屏 POS', en: 'Touch POS'}, CARD_POS: {zh: '传统 POS', en: 'Card POS'}, KIOSK: {zh: '自助终端', en: 'Kiosk'},
};
// What the portal says of a shop that pressed "close now".
const POISON = '店主临时打烊';
const SLOW_MILLIS = 3000;
const $ = id => document.getElementById(id);
const escape = text => String(text ?? '').replace(/[&<>"']/g, c => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'})[c]);

const terminals = new Map();
const cards = new Map();
let events = [];
let loaded = false;

// Words of the frame

document.documentElement.lang = lang === 'en' ? 'en' : 'zh-CN';
document.title = w.title;
$('title').textContent = w.title;
$('subtitle').textContent = w.loading;
$('events-title').textContent = w.events;
$('language').textContent = w.other;
$('language').href = lang === 'en' ? '?' : '?lang=en';
$('language').lang = lang === 'en' ? 'zh-CN' : 'en';
$('open-power').textContent = w.powerOn;
$('power-title').textContent = w.powerOn;
$('power-hint').textContent = w.powerHint;
$('serial-label').textContent = w.serial;
$('class-label').textContent = w.deviceClass;
$('power-cancel').textContent = w.cancel;
$('power-submit').textContent = w.submit;
for (const [name, title] of Object.entries(CLASSES)) {
  $('device-class').append(new Option(title[lang], name));
}
$('device-class').value = 'SMART_POS';

// What a screen says

const clockAt = (offset, moment = Date.now()) => new Date(moment + offset * 1000).toISOString();
const spaced = code => code.length === 8 ? code.slice(0, 4) + ' ' + code.slice(4) : code;

function mode(v) {
  if (v.state === 'BOOTING') return 'boot';
  if (v.state === 'WAITING') return 'code';
  if (v.state === 'REFUSED') return 'refused';
  if (v.state === 'ANNOUNCING') return 'search';
  return v.screen ? 'shop' : 'unset';
}

function status(v) {
  const m = mode(v);
  if (m === 'boot') return ['closed', w.pills.boot];
  if (m === 'code') return ['attend', w.pills.code];
  if (m === 'refused') return ['stop', w.pills.refused];
  if (m === 'search') return ['closed', w.pills.search];
  if (!v.connected) return ['closed', w.pills.offline];
  if (v.rejected) return ['stop', w.pills.rejected];
  if (v.clockAheadSeconds) return ['attend', w.pills.clock];
  if (v.screen?.stale) return ['attend', w.pills.stale];
  return ['open', w.pills.connected];
}

function line(v) {
  const m = mode(v);
  if (m === 'code') return w.codeLine(escape(spaced(v.shownCode ?? '')));
  if (m === 'refused') return w.refusedLine;
  if (m === 'search' || m === 'boot') return m === 'boot' ? '' : w.searchLine;
  if (m === 'unset') return w.unsetLine;
  let second = v.appliedAfterMillis != null && v.appliedAfterMillis < 10000 ? w.applied((v.appliedAfterMillis / 1000).toFixed(2)) : w.current;
  if (!v.connected) second = w.offlineLine(w.minutes(v.offlineSince ? Math.floor((Date.now() - Date.parse(v.offlineSince)) / 60000) : 0));
  else if (v.rejected) second = w.rejectedLine(v.rejected.code, escape(v.rejected.words[lang]));
  else if (v.clockAheadSeconds) second = w.clockLine;
  return `${w.slip(v.gen)} · ${second}`;
}

function face(v) {
  const m = mode(v), s = v.screen ?? {};
  const tone = m === 'shop' ? s.frozen ? 'stop' : s.open ? 'open' : 'closed' : m === 'code' ? 'attend' : m === 'refused' ? 'stop' : 'closed';
  const alert = m !== 'shop' ? null
    : !v.connected ? {tone: 'closed', text: w.alertOffline}
    : v.rejected ? {tone: 'stop', text: w.alertFake}
    : v.clockAheadSeconds ? {tone: 'attend', text: w.alertClock}
    : s.stale ? {tone: 'attend', text: w.alertStale} : null;
  const head = s.headline?.[lang] ?? '', when = s.when?.[lang] ?? '', reason = s.reason?.[lang] ?? '';
  const words = when ? `${head}${lang === 'en' ? ', ' : '，'}${when}` : head;
  const says = m === 'code' ? [w.codeTitle, spaced(v.shownCode ?? '')]
    : m !== 'shop' ? [w.busy, '…']
    : !v.connected ? [w.offlineSay, w.carryOn]
    : v.rejected ? [w.fake, w.keep]
    : s.open ? [w.welcome, lang === 'en' ? s.storeNameEn : s.storeName]
    : [w.bye, when || reason];
  return {
    mode: m, tone, alert, status: status(v)[1], head, when, reason, says, lang, words: w, deviceClass: v.deviceClass, serial: v.serial, connected: v.connected, gen: v.gen,
    line: words, code: v.shownCode ?? '········', clock: clockAt(s.utcOffsetSeconds ?? 28800).slice(11, 16), signal: v.connected ? '5G' : '×',
    qr: s.qr, dim: m === 'shop' && (s.frozen || (!s.open && !s.outside)), outside: s.outside?.[lang] ?? s.alternatives?.[0]?.[lang] ?? '', notice: s.notice?.[lang] ?? '',
    pay: s.frozen ? s.headline[lang] : !s.outside ? w.pay : s.outside[lang], store: (lang === 'en' ? s.storeNameEn : s.storeName) ?? '',
    label: `${nameOf(v)}: ${m === 'shop' ? words : m === 'code' ? w.codeTitle + ' ' + (v.shownCode ?? '') : status(v)[1]}`,
  };
}

const nameOf = v => v.screen?.seat || v.className[lang];

// Cards

function card(v) {
  const cell = document.createElement('article');
  cell.className = 'cell' + (v.deviceClass !== 'KIOSK' ? '' : document.querySelector('.tall') ? ' tall' : ' tall first');
  cell.dataset.serial = v.serial;
  cell.innerHTML = `<div class="stage"></div><div class="nm">${classIcons[v.deviceClass] ?? ''}<b></b><span class="pill"></span></div><div class="cf"></div><div class="fs"></div><details class="more"><summary></summary><div class="fs"></div></details>`;
  const [usual, rare] = cell.querySelectorAll('.fs');
  const buttons = {};
  const add = (place, faults) => {
    for (const [fault, body] of Object.entries(faults)) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'f';
      button.title = w[fault + 'Hint'] ?? '';
      button.innerHTML = faultIcons[fault] + `<span>${w[fault]}</span>`;
      button.addEventListener('click', () => send(`/api/terminals/${encodeURIComponent(v.serial)}/faults`, body(terminals.get(v.serial).faults)));
      place.append(button);
      buttons[fault] = button;
    }
  };
  add(usual, {network: f => ({network: !f.network}), tamper: f => ({tamper: !f.tamper}), clock: f => ({clockYears: f.clockYears ? 0 : 10}), reboot: () => ({reboot: true})});
  add(rare, {
    poison: f => ({poison: f.defects.poison ? '' : POISON}), lying: f => ({lying: !f.defects.lying}),
    full: f => ({fullFlash: !f.defects.fullFlash}), slow: f => ({slowMillis: f.defects.slowMillis ? 0 : SLOW_MILLIS}),
  });
  const parts = {cell, stage: cell.querySelector('.stage'), name: cell.querySelector('b'), pill: cell.querySelector('.pill'), line: cell.querySelector('.cf'), more: cell.querySelector('summary'), buttons, drawing: '', gen: v.gen};
  $('shop').append(cell);
  return parts;
}

function show(v) {
  terminals.set(v.serial, v);
  let parts = cards.get(v.serial);
  if (!parts) {
    parts = card(v);
    cards.set(v.serial, parts);
  }
  const drawing = device(face(v));
  if (drawing !== parts.drawing) {
    parts.stage.innerHTML = drawing;
    parts.drawing = drawing;
  }
  if (v.gen !== parts.gen) {
    parts.gen = v.gen;
    parts.stage.classList.remove('applied');
    void parts.stage.offsetWidth;
    parts.stage.classList.add('applied');
  }
  const [tone, text] = status(v);
  parts.name.textContent = nameOf(v);
  parts.name.title = v.serial;
  parts.pill.className = 'pill ' + tone;
  parts.pill.innerHTML = escape(text) + (v.certificateUntil ? LOCK : '');
  parts.pill.title = v.certificateUntil ? w.certificate(v.certificateUntil.slice(0, 10)) : '';
  parts.line.innerHTML = line(v);
  parts.cell.dataset.state = v.state;
  parts.cell.dataset.gen = v.gen;
  if (v.open == null) delete parts.cell.dataset.open; else parts.cell.dataset.open = v.open;
  const {network, tamper, clock, reboot, poison, lying, full, slow} = parts.buttons;
  network.setAttribute('aria-pressed', v.faults.network);
  tamper.setAttribute('aria-pressed', v.faults.tamper);
  clock.setAttribute('aria-pressed', v.faults.clockYears !== 0);
  const {defects} = v.faults;
  const rare = [[poison, defects.poison != null], [lying, defects.lying], [full, defects.fullFlash], [slow, defects.slowMillis > 0]];
  rare.forEach(([button, on]) => button.setAttribute('aria-pressed', on));
  // What is broken must be seen while the rest is folded away.
  parts.more.textContent = w.more(rare.filter(([, on]) => on).length);
  tamper.disabled = clock.disabled = v.state !== 'ACTIVE';
  reboot.disabled = v.state === 'BOOTING';
}

function frame() {
  const all = [...terminals.values()];
  const stores = new Set(all.map(v => (lang === 'en' ? v.screen?.storeNameEn : v.screen?.storeName)).filter(Boolean));
  $('subtitle').textContent = all.length ? w.subtitle([...stores].slice(0, 2).join(lang === 'en' ? ', ' : '、'), all.length) : loaded ? w.none : w.loading;
}

function showEvents() {
  const offset = [...terminals.values()].find(v => v.screen)?.screen.utcOffsetSeconds ?? -new Date().getTimezoneOffset() * 60;
  $('events').innerHTML = events.slice(0, 24).map(e =>
    `<li class="${escape(e.tone)}"><time datetime="${escape(e.at)}">${clockAt(offset, Date.parse(e.at)).slice(11, 22)}</time><div><b>${escape(e.name[lang])}</b> ${escape(e.text[lang])}</div></li>`).join('');
}

// Talking to the kit

async function send(path, body) {
  return fetch(path, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)});
}

function listen() {
  const source = new EventSource('/api/events');
  source.addEventListener('all', message => {
    const all = JSON.parse(message.data);
    loaded = true;
    $('link').hidden = true;
    for (const [serial, parts] of cards) {
      if (!all.terminals.some(v => v.serial === serial)) {
        parts.cell.remove();
        cards.delete(serial);
        terminals.delete(serial);
      }
    }
    all.terminals.forEach(show);
    events = all.events;
    $('portal').hidden = !all.portal;
    if (all.portal) {
      $('portal').href = all.portal;
      $('portal').textContent = w.portal;
    }
    frame();
    showEvents();
  });
  source.addEventListener('terminal', message => {
    show(JSON.parse(message.data));
    frame();
  });
  source.addEventListener('event', message => {
    events.unshift(JSON.parse(message.data));
    events.length = Math.min(events.length, 200);
    showEvents();
  });
  source.addEventListener('error', () => {
    $('link').textContent = w.lost;
    $('link').hidden = false;
  });
}

$('open-power').addEventListener('click', () => {
  $('power-problem').textContent = '';
  $('power').showModal();
});
$('power-cancel').addEventListener('click', () => $('power').close());
$('power-form').addEventListener('submit', async submit => {
  submit.preventDefault();
  const response = await send('/api/terminals', {serial: $('serial').value.trim(), deviceClass: $('device-class').value});
  if (response.ok) {
    $('power').close();
    $('power-form').reset();
    $('device-class').value = 'SMART_POS';
  } else {
    const problem = await response.json();
    $('power-problem').textContent = lang === 'en' ? problem.detail
      : response.status === 409 ? '这个序列号已经是另一种机型了，请核对机身背面' : '序列号只能用字母、数字、点和短横线，3 到 40 个字';
  }
});

listen();
// The clocks on the screens, and "offline for 2 minutes".
setInterval(() => terminals.forEach(show), 20000);
