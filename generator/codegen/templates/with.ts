import { lastName, merge, type WriteBlock } from "./block.ts";
import { code, deeper } from "./code.ts";
import { otherwise } from "./condition.ts";
import { expression } from "./expression.ts";
import { call, declare, read } from "./scope.ts";

/** `#with`. */
export const writeWith: WriteBlock = (block, scope, draft, write) => {
  const subject = expression(block.subject, scope, draft);
  const value = declare(draft, block.names[0] ?? lastName(block.subject));
  const blockParams = new Map(block.names.map((name) => [name, () => read(value)]));
  // Handlebars opens no level for `../` where the context stays what it was (`wrapProgram` in runtime.js).
  const levels = subject.text === scope.self.name ? scope.levels : [scope.self, ...scope.levels];
  const inner = { ...scope, self: value, levels, blockParams: merge(scope.blockParams, blockParams) };
  const body = write(block.body, inner, draft);
  return [
    code`const ${value.name} = ${subject};`,
    code`if (${call(draft, "isPresent", "template-runtime.ts")}(${value.name})) {`,
    ...deeper(body),
    ...otherwise(block, scope, draft, write),
  ];
};
