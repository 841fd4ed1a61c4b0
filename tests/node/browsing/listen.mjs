// What a page asks of the network, and what it complains of, from before its first byte.
export async function listen(page) {
  const heard = {};
  const forget = () => Object.assign(heard, { requests: [], complaints: [] });
  const known = new Map();
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  await network.send("Network.setCacheDisabled", { cacheDisabled: true }); // each page is the first that one opens
  network.on("Network.requestWillBeSent", ({ requestId, request, type }) => {
    known.set(requestId, { url: request.url, type, bytes: 0, status: 0 });
    heard.requests.push(known.get(requestId));
  });
  network.on("Network.responseReceived", ({ requestId, response }) => {
    known.get(requestId).status = response.status;
  });
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    known.get(requestId).bytes = encodedDataLength;
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      heard.complaints.push(message.text());
    }
  });
  page.on("pageerror", (error) => heard.complaints.push(String(error)));
  forget();
  return { heard, forget };
}
