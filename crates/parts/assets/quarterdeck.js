// Speeds up what works without it. Nothing here is needed for any task.
(function () {
  "use strict";
  var doc = document;
  var all = function (selector, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(selector)); };
  var first = function (selector) { return doc.querySelector(selector); };
  var typing = function (target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  };

  // Menus close on Escape, on a click elsewhere, and when another opens.
  var menus = function () { return all("details[data-menu][open]"); };
  doc.addEventListener("click", function (event) {
    menus().forEach(function (menu) { if (!menu.contains(event.target)) menu.open = false; });
  });

  // After a refused form the summary of errors is read first.
  var problem = first("[data-focus]");
  if (problem) problem.focus();

  // Leaving a form with answers that were not sent asks first.
  var changed = false;
  all("form[data-guard]").forEach(function (form) {
    form.addEventListener("input", function () { changed = true; });
    form.addEventListener("submit", function () { changed = false; });
  });
  window.addEventListener("beforeunload", function (event) {
    if (changed) { event.preventDefault(); event.returnValue = ""; }
  });

  // A job: how far it is, asked for each second; when it ends the page is loaded, which leads on.
  all("[data-job]").forEach(function (part) {
    var bar = part.querySelector("progress"), said = part.querySelector("[role=status]");
    var label = part.querySelector("label");
    var spoken = function (n) { return String(n).replace(/\B(?=(\d{3})+$)/g, ","); };
    var ask = function () {
      fetch(part.getAttribute("data-job"), { credentials: "same-origin" }).then(function (answer) {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      }).then(function (job) {
        var before = part.getAttribute("data-state") || job.state;
        var ended = job.state !== "asked" && job.state !== "running";
        if (ended || job.state !== before) { location.reload(); return; }
        part.setAttribute("data-state", job.state);
        label.textContent = job.label;
        if (job.of) { bar.max = job.of; bar.value = job.done; } else { bar.removeAttribute("value"); }
        said.textContent = job.unit ? spoken(job.done) + (job.of ? " of " + spoken(job.of) : "") + " " + job.unit : "";
        setTimeout(ask, 1000);
      }).catch(function () { setTimeout(ask, 5000); });
    };
    setTimeout(ask, 1000);
  });

  // Copy link: the address of the page or of what the link names.
  all("[data-copy]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      if (!navigator.clipboard) return;
      event.preventDefault();
      navigator.clipboard.writeText(new URL(link.getAttribute("href"), location.href).href).then(function () {
        var said = link.textContent;
        link.textContent = "Copied";
        setTimeout(function () { link.textContent = said; }, 1500);
      });
    });
  });

  // Print: the browser's own dialog, without a page of its own before it.
  all("[data-print]").forEach(function (link) {
    link.addEventListener("click", function (event) { event.preventDefault(); window.print(); });
  });

  // Rows by keyboard: j and k move, Enter opens, e acts.
  var rows = all("[data-row], [data-list] table > tbody:not(.top-total) > tr");
  var at = rows.findIndex(function (row) { return row.classList.contains("at"); });
  var select = function (index) {
    if (!rows.length) return;
    if (rows[at]) rows[at].classList.remove("at");
    at = Math.max(0, Math.min(rows.length - 1, index));
    rows[at].classList.add("at");
    rows[at].scrollIntoView({ block: "nearest" });
  };
  var inRow = function (selector) { return rows[at] ? rows[at].querySelector(selector) : null; };

  // Single letters can be turned off (WCAG 2.1.4): the help dialog has the switch.
  var off = function () {
    try { return localStorage.getItem("quarterdeck-keys") === "off"; } catch (e) { return false; }
  };
  var remember = function (value) { try { localStorage.setItem("quarterdeck-keys", value); } catch (e) { /* private window */ } };

  var KEYS = [
    ["/", "search"], ["j k", "next, previous row"], ["Enter", "open the row"], ["e", "act on the row"],
    ["f", "filter"], ["c", "new here"], ["g h", "home"], ["g s", "services"],
    ["g m", "money"], ["g c", "customers"], ["?", "these keys"], ["Esc", "close"]
  ];
  var help = null;
  var showHelp = function () {
    if (!help) {
      help = doc.createElement("dialog");
      help.className = "keys";
      help.setAttribute("aria-label", "Keys");
      var list = doc.createElement("dl");
      KEYS.forEach(function (pair) {
        var dt = doc.createElement("dt"), dd = doc.createElement("dd");
        pair[0].split(" ").forEach(function (key) {
          var kbd = doc.createElement("kbd");
          kbd.textContent = key;
          dt.appendChild(kbd);
        });
        dd.textContent = pair[1];
        list.appendChild(dt);
        list.appendChild(dd);
      });
      var label = doc.createElement("label"), box = doc.createElement("input");
      box.type = "checkbox";
      box.checked = !off();
      box.addEventListener("change", function () { remember(box.checked ? "on" : "off"); });
      label.appendChild(box);
      label.appendChild(doc.createTextNode(" Single-letter keys"));
      var close = doc.createElement("button");
      close.className = "btn";
      close.textContent = "Close";
      close.addEventListener("click", function () { help.close(); });
      [list, label, close].forEach(function (part) { help.appendChild(part); });
      doc.body.appendChild(help);
    }
    if (help.showModal && !help.open) help.showModal();
  };

  var search = function () {
    var box = first("#search");
    if (box && box.offsetParent) { box.focus(); box.select(); } else { location.href = "/search"; }
  };

  // g, then a letter: the first page of the rail under that address that the person may open.
  var PLACES = { h: ["/"], s: ["/sieve", "/services"], p: ["/portfolio", "/services"],
    m: ["/money", "/statements"], c: ["/customers", "/catalogue"] };
  var go = function (letter) {
    var links = all(".rail nav a");
    (PLACES[letter] || []).some(function (start) {
      var found = links.filter(function (link) {
        var href = link.getAttribute("href");
        return start === "/" ? href === "/" : href.indexOf(start) === 0;
      })[0];
      if (found) found.click();
      return Boolean(found);
    });
  };

  var waiting = false;
  doc.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      menus().forEach(function (menu) { menu.open = false; menu.querySelector("summary").focus(); });
      if (doc.activeElement && doc.activeElement.id === "search") doc.activeElement.blur();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); search(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || off()) return;
    if (help && help.open) return;
    if (waiting) { waiting = false; go(event.key); return; }
    var acts = {
      "/": search,
      "?": showHelp,
      g: function () { waiting = true; setTimeout(function () { waiting = false; }, 1500); },
      j: function () { select(at + 1); },
      k: function () { select(at < 0 ? 0 : at - 1); },
      e: function () { var act = inRow(".btn"); if (act) act.click(); },
      f: function () { var box = first(".filters input, .filters select"); if (box) box.focus(); },
      c: function () { var make = first("[data-new], .page-head .btn.primary"); if (make) make.click(); }
    };
    if (event.key === "Enter" && at >= 0 && event.target === doc.body) {
      var link = inRow("a[href]");
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
  });
})();
