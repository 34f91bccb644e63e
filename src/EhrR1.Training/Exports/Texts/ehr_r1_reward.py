"""Asks 'ehr-r1 reward serve' for the rewards of completions: a hook for TRL and for verl.

TRL:  reward_funcs: [ehr_r1_reward.trl_reward]
verl: custom_reward_function.path=ehr_r1_reward.py custom_reward_function.name=compute_score

Nothing but Python's own library is needed (3.9 or later). Environment:
EHR_R1_REWARD_URL      where the server is; http://127.0.0.1:8100 unless set
EHR_R1_REWARD_BATCH    items a request at most; 256 unless set
EHR_R1_REWARD_PATIENCE seconds for which a server that does not answer is asked again; 300 unless set
"""

import concurrent.futures
import http.client
import json
import os
import queue
import threading
import time
import urllib.parse

# How long the first of several single calls waits for others to go with it.
_GATHER_SECONDS = 0.005

_local = threading.local()


class RewardError(RuntimeError):
    """The server gives no rewards; the message says why."""


class RewardRefusal(RewardError):
    """The server refuses the items; its message names them."""


def _setting(name, default):
    return os.environ.get(name) or default


def _connection(url):
    known = getattr(_local, "connection", None)
    if known is None or _local.url != url:
        parts = urllib.parse.urlsplit(url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        known = kind(parts.hostname, parts.port, timeout=120)
        _local.connection, _local.url = known, url
    return known


def _drop():
    known = getattr(_local, "connection", None)
    if known is not None:
        known.close()
    _local.connection = None


def _post(items):
    """Posts one batch, again and again while the server is not there."""
    url = _setting("EHR_R1_REWARD_URL", "http://127.0.0.1:8100").rstrip("/")
    # A tokenizer may cut within a character; what is left of it is no text.
    body = json.dumps({"items": items}, ensure_ascii=False).encode("utf-8", "replace")
    end, wait = time.monotonic() + float(_setting("EHR_R1_REWARD_PATIENCE", "300")), 0.1
    while True:
        try:
            connection = _connection(url)
            path = urllib.parse.urlsplit(url).path + "/reward"
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            reply = connection.getresponse()
            text = reply.read().decode("utf-8")
            if reply.status == 200:
                return json.loads(text)["rewards"]
            if reply.status < 500:
                raise RewardRefusal(text)
            problem = text
        except (OSError, http.client.HTTPException) as error:
            problem = repr(error)
        _drop()
        if time.monotonic() + wait > end:
            raise RewardError("no answer from %s: %s" % (url, problem))
        time.sleep(wait)
        wait = min(wait * 2, 10)


def rewards(items):
    """The server's answers to items, in their order: {"reward": …, "terms": {…}} each.

    An item is {"completion", "ground_truth", "task" or "data_source"}, and where they are known "id" and "p_yes".
    """
    size = max(1, int(_setting("EHR_R1_REWARD_BATCH", "256")))
    answers = []
    for start in range(0, len(items), size):
        answers.extend(_post(items[start : start + size]))
    return answers


def _text(completion):
    """A completion as text: TRL gives that of a conversation as a list of messages."""
    if isinstance(completion, str):
        return completion
    return "".join(message.get("content") or "" for message in completion)


def trl_reward(prompts=None, completions=None, **columns):
    """TRL's reward function: one number a completion. The columns are those of the exported prompts."""
    count = len(completions)
    truths = columns.get("ground_truth") or [model["ground_truth"] for model in columns["reward_model"]]
    tasks = columns.get("task") or columns["data_source"]
    ids, shares = columns.get("id") or [None] * count, columns.get("p_yes") or [None] * count
    answers = rewards(
        [
            _item(_text(completions[i]), truths[i], tasks[i], ids[i], shares[i])
            for i in range(count)
        ]
    )
    log = columns.get("log_metric")
    if callable(log):
        for name in sorted({name for answer in answers for name in answer["terms"]}):
            values = [answer["terms"][name] for answer in answers if name in answer["terms"]]
            log("ehr_r1/" + name, sum(values) / len(values))
    # JSON writes whole numbers without a point, of which Python makes another type.
    return [float(answer["reward"]) for answer in answers]


def compute_score(data_source=None, solution_str=None, ground_truth=None, extra_info=None, **more):
    """verl's reward function, for one completion; with lists, as verl's batch reward manager calls it, for many."""
    if "solution_strs" in more:
        truths, sources = more["ground_truths"], more["data_sources"]
        infos = more.get("extra_infos")
        if infos is None:
            infos = [None] * len(truths)
        items = [_verl_item(sources[i], text, truths[i], infos[i]) for i, text in enumerate(more["solution_strs"])]
        return [_score(answer) for answer in rewards(items)]
    return _score(_gathering.ask(_verl_item(data_source, solution_str, ground_truth, extra_info)))


def _verl_item(source, text, truth, info):
    info = info or {}
    return _item(text, truth, source, info.get("id"), info.get("p_yes"))


def _item(text, truth, task, sample, share):
    item = {"completion": text, "ground_truth": truth, "task": task}
    if sample is not None:
        item["id"] = sample
    if share is not None:
        item["p_yes"] = share
    return item


def _score(answer):
    # verl wants the same keys of every completion; what risks or decisions alone have is in the server's /health.
    return {"score": answer["reward"], "accuracy": answer["terms"]["accuracy"], "format": answer["terms"]["format"]}


class _Gathering:
    """Sends single calls of several threads in one request."""

    def __init__(self):
        self._waiting, self._lock, self._owner = queue.Queue(), threading.Lock(), None

    def ask(self, item):
        answer = concurrent.futures.Future()
        with self._lock:
            # A fork copies this object and not its thread.
            if self._owner != os.getpid():
                self._owner, self._waiting = os.getpid(), queue.Queue()
                threading.Thread(target=self._send, args=(self._waiting,), daemon=True).start()
            self._waiting.put((item, answer))
        return answer.result()

    @staticmethod
    def _send(waiting):
        size = max(1, int(_setting("EHR_R1_REWARD_BATCH", "256")))
        while True:
            batch, end = [waiting.get()], time.monotonic() + _GATHER_SECONDS
            while len(batch) < size:
                try:
                    batch.append(waiting.get(timeout=max(0, end - time.monotonic())))
                except queue.Empty:
                    break
            _Gathering._answer(batch)

    @staticmethod
    def _answer(batch):
        waiting = [batch]
        while waiting:
            part = waiting.pop(0)
            try:
                for (_, answer), reward in zip(part, _post([item for item, _ in part])):
                    answer.set_result(reward)
            except RewardRefusal as error:
                if len(part) == 1:
                    part[0][1].set_exception(error)
                else:
                    # One wrong item must not fail the others.
                    waiting = [[one] for one in part]
            except Exception as error:
                # A server that is gone for one is gone for all: none waits as long again.
                for _, answer in sum(waiting, part):
                    answer.set_exception(error)
                return


_gathering = _Gathering()
