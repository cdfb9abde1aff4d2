/** Runs inside the page: a point in the column beside the one in which the card stands. A column is told by its like, side by side with it. */
export function columnBeside(card: Element): { x: number; y: number } | null {
  const height = card.getBoundingClientRect().height;
  for (let e: Element | null = card.parentElement; e?.parentElement && e !== document.body; e = e.parentElement) {
    const own = e.getBoundingClientRect();
    const like = Array.from(e.parentElement.children).filter((other) => {
      const box = other.getBoundingClientRect();
      return (
        other.tagName === e?.tagName &&
        box.width > 80 &&
        box.height > 60 &&
        Math.abs(box.width - own.width) < own.width * 0.3 &&
        Math.abs(box.top - own.top) < 60
      );
    });
    const at = like.indexOf(e);
    const beside = like[at + 1] ?? like[at - 1];
    // A cell that holds the card alone is no column.
    if (at < 0 || !beside || own.height < height + 24) continue;
    const box = beside.getBoundingClientRect();
    if (Math.abs(box.left - own.left) < own.width * 0.7) continue;
    return { x: box.left + box.width / 2, y: box.top + Math.min(box.height / 2, 120) };
  }
  return null;
}
