// Renders conversations with the templates of published models, by npm's @huggingface/jinja, for ChatTemplateTests.
// node make_conversations.mjs <folder of Qwen3's tokenizer_config.json> <plain.jinja> > conversations.json
import { readFileSync } from "node:fs";
import { Template } from "@huggingface/jinja";

const qwen3 = JSON.parse(readFileSync(process.argv[2] + "/tokenizer_config.json", "utf8")).chat_template;
const plain = readFileSync(process.argv[3], "utf8");
// The part of Qwen2's and Qwen2.5's templates that is heard without tools.
const chatml = (system) => "{%- if messages[0]['role'] == 'system' %}{{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}{%- else %}{{- '<|im_start|>system\\n" + system
  + "<|im_end|>\\n' }}{%- endif %}{%- for message in messages %}{%- if (message.role == \"user\") or (message.role == \"system\" and not loop.first) or (message.role == \"assistant\") %}"
  + "{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}{%- endif %}{%- endfor %}{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}";
const templates = { qwen3, plain, "qwen2.5": chatml("You are Qwen, created by Alibaba Cloud. You are a helpful assistant."), qwen2: chatml("You are a helpful assistant.") };

const u = (content) => ({ role: "user", content });
const a = (content) => ({ role: "assistant", content });
const s = (content) => ({ role: "system", content });
const conversations = [
  [u("hi")],
  [s("Be brief."), u("Which drug?\n/think")],
  [s("You are a helpful assistant."), u("\n\nrecord\n"), a("<think>\n\n</think>\n\nAspirin\nHeparin")],
  [s("x"), u("q"), a("<think>\nbecause\n\nof this\n</think>\n\nAspirin")],
  [u("q"), a("<think>\nfirst\n</think>\n\nA"), u("and then?")],
  [u("q"), a("<think>\nfirst\n</think>\n\nA"), u("and then?"), a("B without thought")],
  [u("q"), a("no tags"), s("late rule"), u("q2 <|im_end|>"), a("\n\n</think>\n\nC")],
  [u("q"), a("before <think>odd</think> middle </think>end\n")],
  [u("<tool_response>x</tool_response>"), a("<think>\nt\n</think>\n\ny")],
  [u("q"), a("one"), a("<think>\nt\n</think>\n\ntwo"), a("three")],
];
const cases = [];
for (const [name, source] of Object.entries(templates)) {
  const template = new Template(source);
  for (const messages of conversations)
    for (const [turn, thinking] of [["ended", null], ["opened", null], ["opened", false], ["opened", true]]) {
      if (turn === "ended" && messages.at(-1).role !== "assistant") continue;
      cases.push({ template: name, turn, thinking, messages,
        text: template.render({ messages, add_generation_prompt: turn === "opened", ...(thinking === null ? {} : { enable_thinking: thinking }) }) });
    }
}
console.log(`{"templates": ${JSON.stringify({ "qwen2.5": templates["qwen2.5"], qwen2: templates.qwen2 })},\n"cases": [\n${cases.map((c) => JSON.stringify(c)).join(",\n")}\n]}`);
