"""The same training step in PyTorch, for StepBenchmark, or the same generation with a cache, for GenerationYardstick: prints tokens a second of each round.

python3 yardstick.py THREADS BATCH TOKENS VOCABULARY WIDTH INNER LAYERS HEADS KEYS HEAD_SIZE ROUNDS [NEW]

NEW is how many tokens are generated after prompts of TOKENS; without it training is measured.
"""
import sys
import time
import torch
from torch import nn

threads, batch, tokens, vocabulary, width, inner, layers, heads, keys, size, rounds, new = map(int, (sys.argv[1:] + ["0"])[:12])
torch.set_num_threads(threads)
torch.manual_seed(1)


class Norm(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(n))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * self.weight


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.before, self.between = Norm(width), Norm(width)
        self.q, self.k, self.v = (nn.Linear(width, n * size, bias=False) for n in (heads, keys, keys))
        self.o = nn.Linear(heads * size, width, bias=False)
        self.qn, self.kn = Norm(size), Norm(size)
        self.gate, self.up, self.down = nn.Linear(width, inner, bias=False), nn.Linear(width, inner, bias=False), nn.Linear(inner, width, bias=False)

    def forward(self, x, cos, sin, mask, cache=None):
        b, t, _ = x.shape
        y = self.before(x)
        q = turn(self.qn(self.q(y).view(b, t, heads, size)).transpose(1, 2), cos, sin)
        k = turn(self.kn(self.k(y).view(b, t, keys, size)).transpose(1, 2), cos, sin)
        v = self.v(y).view(b, t, keys, size).transpose(1, 2)
        if cache is not None:
            k, v = cache.add(k, v)
        k, v = k.repeat_interleave(heads // keys, 1), v.repeat_interleave(heads // keys, 1)
        scores = torch.matmul(q * size ** -0.5, k.transpose(2, 3))
        scores = (scores if mask is None else scores.masked_fill(mask, float("-inf"))).softmax(-1)
        x = x + self.o(torch.matmul(scores, v).transpose(1, 2).reshape(b, t, heads * size))
        y = self.between(x)
        return x + self.down(nn.functional.silu(self.gate(y)) * self.up(y))


def turn(x, cos, sin):
    half = x.shape[-1] // 2
    return x * cos + torch.cat((-x[..., half:], x[..., :half]), -1) * sin


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, width)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.norm = Norm(width)
        nn.init.normal_(self.embed.weight, std=0.02)

    def forward(self, ids, cos, sin, mask, caches=None):
        x = self.embed(ids)
        for i, layer in enumerate(self.layers):
            x = layer(x, cos, sin, mask, None if caches is None else caches[i])
        return nn.functional.linear(self.norm(x), self.embed.weight)


class Cache:
    def __init__(self, most):
        self.k, self.v, self.n = torch.empty(batch, keys, most, size), torch.empty(batch, keys, most, size), 0

    def add(self, k, v):
        end = self.n + k.shape[2]
        self.k[:, :, self.n:end], self.v[:, :, self.n:end], self.n = k, v, end
        return self.k[:, :, :end], self.v[:, :, :end]


model = Decoder()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0)
ids = torch.randint(vocabulary, (batch, tokens + 1))
angles = torch.outer(torch.arange(tokens + new).float(), 10000.0 ** (-torch.arange(0, size, 2).float() / size))
cos, sin = torch.cat((angles, angles), -1).cos(), torch.cat((angles, angles), -1).sin()
mask = torch.ones(tokens, tokens, dtype=torch.bool).triu(1)


def step():
    loss = nn.functional.cross_entropy(model(ids[:, :-1], cos, sin, mask).reshape(-1, vocabulary), ids[:, 1:].reshape(-1))
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()


def train():
    for _ in range(3):
        step()
    return 3 * batch * tokens


def generate():
    with torch.inference_mode():
        caches = [Cache(tokens + new) for _ in range(layers)]
        last = model(ids[:, :-1], cos[:tokens], sin[:tokens], mask, caches)[:, -1].argmax(-1, keepdim=True)
        for at in range(tokens, tokens + new - 1):
            last = model(last, cos[at:at + 1], sin[at:at + 1], None, caches)[:, -1].argmax(-1, keepdim=True)
    return batch * new


print(torch.__version__, sum(p.numel() for p in model.parameters()), flush=True)
measured = generate if new else train
measured()
for _ in range(rounds):
    sys.stdin.readline()
    began, used = time.perf_counter(), time.process_time()
    done = measured()
    print(f"{done / (time.perf_counter() - began):.0f} {done / (time.process_time() - used):.0f}", flush=True)
