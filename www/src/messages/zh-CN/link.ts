/** 链接相关文案（简体中文）。 */

import type { linkEn } from "../en/link.ts";

export const linkZhCN: typeof linkEn = {
  copy: "复制链接",
  copied: "已复制。链接只包含筛选条件和您填写的数字，不包含镜像清单的任何内容。",
  notCopied: "浏览器不允许复制链接",
  tooLong: "筛选值过多，无法放入链接",
  dropped: (n) => `链接中有 ${n} 处无法识别，已忽略`,
  parts: "当前结果只对应其余部分。已忽略：",
};
