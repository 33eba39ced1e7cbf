/**
 * What SageMaker answers about a resource, or undefined where there is none.
 *
 * SageMaker has no error of its own for that: a ValidationException with this text is all. Anything else, an access error
 * above all, is thrown: it says nothing about whether the resource is there.
 */
export async function ifThere<Answer>(request: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await request;
  } catch (error) {
    const isNotFound =
      error instanceof Error &&
      error.name === "ValidationException" &&
      error.message.startsWith("Could not find");
    if (isNotFound) return undefined;
    throw error;
  }
}
