"""Merges the additions of LoRA into their model: merge_lora.py MODEL ADDITIONS OUT. OUT gets its name when it is whole; it may be MODEL."""
import json
import os
import shutil
import sys

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

model_path, additions, out = sys.argv[1:4]
config_path = os.path.join(additions, "adapter_config.json")
with open(config_path, encoding="utf-8") as file:
    config = json.load(file)
if config.get("lora_alpha") != {{alpha}}:
    # verl's merger does not know it and writes 0.
    config["lora_alpha"] = {{alpha}}
    with open(config_path, "w", encoding="utf-8") as file:
        json.dump(config, file, indent=2)

model = AutoModelForCausalLM.from_pretrained(model_path)
model = PeftModel.from_pretrained(model, additions).merge_and_unload().to(torch.bfloat16)
writing = out.rstrip("/") + ".merging"
shutil.rmtree(writing, ignore_errors=True)
model.save_pretrained(writing)
AutoTokenizer.from_pretrained(model_path).save_pretrained(writing)
shutil.rmtree(out, ignore_errors=True)
os.rename(writing, out)
print(f"Merged into {out}")
