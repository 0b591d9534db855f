/* Panel "Try": sends the sensor as it stands in the form, and nothing else of the form, together with an event. */
(function () {
  "use strict";

  /* Of the tree that the form would submit, the object that holds the mark. */
  function find(node) {
    if (node === null || typeof node !== "object") {
      return null;
    }
    if (Object.prototype.hasOwnProperty.call(node, "understackTry")) {
      return node;
    }
    for (const key of Object.keys(node)) {
      const found = find(node[key]);
      if (found !== null) {
        return found;
      }
    }
    return null;
  }

  function sensorOf(panel) {
    const form = panel.closest("form");
    const mark = document.createElement("input");
    mark.type = "hidden";
    mark.name = "_.understackTry";
    panel.appendChild(mark);
    const json = form.elements.namedItem("json");
    const before = json.value;
    buildFormTree(form);
    const sensor = find(JSON.parse(json.value));
    /* The whole form may hold secrets: it does not stay behind. */
    json.value = before;
    panel.removeChild(mark);
    if (sensor !== null) {
      delete sensor.understackTry;
    }
    return sensor;
  }

  function send(panel, method, event) {
    return fetch(panel.dataset.url + method, {
      method: "post",
      headers: crumb.wrap({ "Content-Type": "application/json" }),
      body: JSON.stringify({ sensor: sensorOf(panel), event: event }),
    }).then(function (response) {
      if (!response.ok) {
        throw new Error(panel.dataset.failed + " " + response.status);
      }
      return response;
    });
  }

  Behaviour.specify(".understack-try", "understack-try", 0, function (panel) {
    if (panel.dataset.ready) {
      return;
    }
    panel.dataset.ready = "true";
    const text = panel.querySelector(".understack-try-event");
    const choice = panel.querySelector(".understack-try-choice");
    const recent = panel.querySelector(".understack-try-recent");
    const result = panel.querySelector(".understack-try-result");

    function say(words) {
      result.textContent = words;
    }

    function fail(error) {
      say(error.message);
    }

    panel.querySelector(".understack-try-decide").addEventListener("click", function () {
      send(panel, "decide", text.value)
        .then(function (response) {
          return response.text();
        })
        .then(function (html) {
          /* Escaped by the server. */
          result.innerHTML = html;
        })
        .catch(fail);
    });

    panel.querySelector(".understack-try-pick").addEventListener("click", function () {
      send(panel, "events", "")
        .then(function (response) {
          return response.json();
        })
        .then(function (events) {
          recent.replaceChildren();
          choice.hidden = events.length === 0;
          say(events.length === 0 ? panel.dataset.none : "");
          [{ key: "", label: panel.dataset.choose }].concat(events).forEach(function (event) {
            const option = document.createElement("option");
            option.value = event.key;
            option.textContent = event.label;
            recent.appendChild(option);
          });
          if (events.length !== 0) {
            recent.focus();
          }
        })
        .catch(fail);
    });

    recent.addEventListener("change", function () {
      if (recent.value === "") {
        return;
      }
      send(panel, "event", recent.value)
        .then(function (response) {
          return response.json();
        })
        .then(function (event) {
          if (event === null) {
            say(panel.dataset.gone);
          } else {
            text.value = JSON.stringify(event, null, 2);
            say("");
          }
        })
        .catch(fail);
    });
  });
})();
