"""Downloads the single images of a simulator's gallery with aiohttp: aiohttp_download.py SERVER AT_ONCE

Beside `./gearshift serve`, SERVER is http://127.0.0.1:8080. Each image goes to a file of a temporary folder, as `compare`
has it; the seconds that it prints are those of the downloads alone.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
import urllib.request

import aiohttp

IMAGES = 91
PAGES = 6


def links(server):
    found = []
    for page in range(PAGES):
        address = "%s/3/gallery/random/random/%d" % (server, page)
        request = urllib.request.Request(address, headers={"Authorization": "Client-ID aiohttp"})
        for item in json.load(urllib.request.urlopen(request))["data"]:
            found += [image["link"] for image in item.get("images") or [item]]
    return [link for link in found if link.startswith(server)][:IMAGES]


async def download(session, link, folder):
    async with session.get(link) as response:
        response.raise_for_status()
        with open(os.path.join(folder, os.path.basename(link)), "wb") as file:
            async for chunk in response.content.iter_chunked(64 * 1024):
                file.write(chunk)


async def seconds(found, at_once, folder):
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=at_once)) as session:
        start = time.perf_counter()
        await asyncio.gather(*[download(session, link, folder) for link in found])
        return time.perf_counter() - start


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        found = links(sys.argv[1])
        print("%d images, %s at once: %.3f s" % (
            len(found), sys.argv[2], asyncio.run(seconds(found, int(sys.argv[2]), folder))))
