/** Words as a person counts them: `{{ write.text }}` is one. */
export const countWords = (text: string): number =>
  (text.replaceAll(/\{\{[^}]*\}\}|\{%[^%]*%\}/g, ' x ').match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []).length
