/** `lesson.*.title` as a pattern; each `*` is a group of what stands between two full stops. */
export function keyPattern(pattern: string): RegExp {
  const escaped = pattern.replace(/[.-]/g, '\\$&').replace(/\*/g, '([^.]+)');
  return new RegExp(`^${escaped}$`);
}
