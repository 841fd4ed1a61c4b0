// Preview only: reload the page when a build has ended.
const version = document.currentScript.dataset.version;
new EventSource("/__press/events").onmessage = (event) => {
  if (event.data !== version) location.reload();
};
