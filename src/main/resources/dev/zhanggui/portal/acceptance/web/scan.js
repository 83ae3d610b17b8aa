(function () {
  // Asks the server to answer when what this page says is no longer true, and then changes the page in place.
  var main = document.querySelector('main');
  if (!main.dataset.seen || !window.fetch || !window.DOMParser) return;
  function again(wait) { setTimeout(ask, wait); }
  function ask() {
    var seen = main.dataset.seen;
    if (!seen) return;
    if (document.hidden) { document.addEventListener('visibilitychange', ask, { once: true }); return; }
    fetch(location.pathname + '/state?seen=' + seen, { cache: 'no-store' })
      .then(function (r) { if (r.status > 410) throw r.status; return r.json(); })
      .then(function (s) { if (s.seen === seen) again(s.held ? 100 : 3000); else return turn(); })
      .catch(function () { again(5000); });
  }
  function turn() {
    var url = location.pathname + (location.search ? location.search + '&' : '?') + 'again=1';
    return fetch(url, { cache: 'no-store' })
      .then(function (r) { return r.text(); })
      .then(function (html) {
        var now = new DOMParser().parseFromString(html, 'text/html');
        var next = now.querySelector('main');
        if (!next) throw 0;
        document.title = now.title;
        var typed = main.querySelector('#amount');
        var field = next.querySelector('#amount');
        if (typed && field) field.value = typed.value;
        main.parentNode.replaceChild(next, main);
        main = next;
        if (typed && field && document.activeElement === document.body) field.focus();
        again(100);
      });
  }
  again(100);
})();
