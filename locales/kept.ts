/** Keeps what it has made, by id: making a formatter takes far longer than using it. */
export function kept<T>(): (id: string, make: () => T) => T {
  const made = new Map<string, T>();
  return (id, make) => {
    const found = made.get(id) ?? make();
    made.set(id, found);
    return found;
  };
}
