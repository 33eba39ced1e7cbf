import { expect } from "chai";
import { imageRepositoryArn } from "../../components/image-repository.ts";

describe("imageRepositoryArn", () => {
  for (const [partition, image, arn] of [
    [
      "aws",
      "257758044811.dkr.ecr.us-east-2.amazonaws.com/sagemaker-xgboost:3.0-5",
      "arn:aws:ecr:us-east-2:257758044811:repository/sagemaker-xgboost",
    ],
    [
      "aws-cn",
      "451049120500.dkr.ecr.cn-north-1.amazonaws.com.cn/sagemaker-xgboost:3.0-5",
      "arn:aws-cn:ecr:cn-north-1:451049120500:repository/sagemaker-xgboost",
    ],
    [
      "aws",
      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/own@sha256:abc",
      "arn:aws:ecr:eu-west-1:123456789012:repository/team/own",
    ],
    [
      "aws",
      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/own",
      "arn:aws:ecr:eu-west-1:123456789012:repository/own",
    ],
  ] as const) {
    it(`is ${arn} for ${image}`, () => {
      expect(imageRepositoryArn(partition, image)).to.equal(arn);
    });
  }

  for (const image of ["python:3.11", "public.ecr.aws/x/y:1", ""]) {
    it(`refuses "${image}"`, () => {
      expect(() => imageRepositoryArn("aws", image)).to.throw(RangeError, "no image of Amazon ECR");
    });
  }
});
