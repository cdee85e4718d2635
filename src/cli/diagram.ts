export async function writeDiagram(file: string): Promise<void> {
  await Promise.reject(new Error(file));
}
