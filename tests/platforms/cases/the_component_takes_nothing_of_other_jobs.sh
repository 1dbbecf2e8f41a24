# An earlier job of the pipeline, where a merge request's own code may have run: by its artifacts it cannot
# put another program in the place of the binary, nor set a command by the variables of its dotenv report.
. "$CASES/../platforms/lib.sh"
cat >ci.yml <<END
include:
  - component: \$CI_SERVER_FQDN/OWNER/backstep/backstep@1
    inputs:
      image: $BASE_IMAGE
      backstep_image: $IMAGE
      deploy: echo ours >said
stages: [build, deploy]
build:
  stage: build
  image: $BASE_IMAGE
  script:
    - mkdir -p .backstep-bin
    - 'printf "#!/bin/sh\necho the program of another job\n" >.backstep-bin/backstep; chmod 755 .backstep-bin/backstep'
    - echo BACKSTEP_DEPLOY=false >set.env
  artifacts:
    paths: [.backstep-bin]
    reports: {dotenv: set.env}
END
gitlab_job success ci.yml backstep:binary
gitlab_job success ci.yml build
holds store/build.json '"BACKSTEP_DEPLOY": "false"'
exists store/artifacts/build/.backstep-bin/backstep
gitlab_job success ci.yml backstep
says_not 'the program of another job'
[ "$(cat gitlab/said)" = ours ] || fail "the command said: $(cat gitlab/said)"
