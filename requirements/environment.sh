# Read by ./tallyroom, ./run-tests, .ci/run and ./requirements/lock: a Python environment that holds exactly
# what a lock names.

# environment ROOT NAME LOCK: ROOT/NAME is ready, made anew or brought up to date where it is not.
#
# NAME/.stamp is written last, and says for which inputs and which place (an environment cannot be moved)
# the environment was made. The same stamp: ready, and this costs a few milliseconds. Another stamp: it was
# whole, and only what changed is installed. No stamp: an installation was cut short, and starts again.
environment() {
    env_bootstrap=$1/requirements/bootstrap.lock
    _make _install "$1" "$2" "$3" "$(cat "$1/requirements/$3" "$env_bootstrap" "$1/pyproject.toml" | cksum)" \
        python3 python3.14 python3.13 python3.12 python3.11
}

# program ROOT NAME LOCK: the same for somebody else's program, which stands there alone, without Tallyroom. One
# that asks for a newer Python than there is gets the one that there is; our tests show whether that will do.
program() {
    _make _install_program "$1" "$2" "$3" "$(cksum <"$1/requirements/$3")" \
        python3.14 python3.13 python3.12 python3 python3.11
}

# _make INSTALL ROOT NAME LOCK SUM PYTHON...
_make() {
    env_install=$1 env_root=$2 env_path=$2/$3 env_lock=$2/requirements/$4 env_wanted="$5 $2"
    shift 5
    _environment_is_ready && return

    _choose_python "$@"
    [ -w "$env_root" ] || _stop "cannot write to $env_root, where $2 would be made."
    # The system lets go of this lock when the process ends, however it ends.
    exec 9>"$env_path.lock"
    "$env_python" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)' 9>&9
    _environment_is_ready || "$env_install"
    exec 9>&-
}

_environment_is_ready() {
    [ -f "$env_path/.stamp" ] && [ -x "$env_path/bin/python" ] &&
        IFS= read -r env_made <"$env_path/.stamp" && [ "$env_made" = "$env_wanted" ]
}

# The first of these Pythons that is new enough, by its real path: a wrapper may lead elsewhere tomorrow.
_choose_python() {
    for env_python; do
        env_python=$("$env_python" -c 'import os, sys
if sys.version_info >= (3, 11): print(os.path.realpath(sys.executable))' 2>/dev/null) || continue
        [ -n "$env_python" ] && break
    done
    if [ -z "$env_python" ]; then
        command -v python3 >/dev/null || _stop "needs Python 3.11 or newer, and there is no python3 here."
        _stop "needs Python 3.11 or newer; python3 here is $(python3 --version 2>&1)."
    fi
    "$env_python" -c 'import ensurepip, venv' 2>/dev/null ||
        _stop "Python here lacks its venv module. On Debian and Ubuntu: apt-get install python3-venv"
}

_install() {
    _say "installing what ${env_lock##*/} names into ${env_path##*/} (needed once, and after each change of it) …"
    if [ -f "$env_path/.stamp" ] && [ -x "$env_path/bin/python" ] && "$env_path/bin/uv" --version >/dev/null 2>&1 &&
        [ "$(sed 's/^[0-9]* [0-9]* //' "$env_path/.stamp")" = "$env_root" ]; then
        rm "$env_path/.stamp"
    else
        rm -rf "$env_path"
        "$env_python" -m venv "$env_path" || _stop "could not make $env_path."
        "$env_path/bin/python" -m pip install --quiet --disable-pip-version-check --no-warn-script-location \
            --require-hashes --only-binary :all: -r "$env_bootstrap" || _stop "could not install uv."
    fi
    _uv_pip sync --require-hashes "$env_bootstrap" "$env_lock" || _stop "could not install ${env_lock##*/}."
    _uv_pip install --no-deps --editable "$env_root" || _stop "could not install Tallyroom itself."
    printf '%s\n' "$env_wanted" >"$env_path/.stamp"
    _say "installed."
}

_install_program() {
    _say "installing what ${env_lock##*/} names into ${env_path##*/} …"
    rm -rf "$env_path"
    "$env_python" -m venv "$env_path" || _stop "could not make $env_path."
    "$env_path/bin/python" -m pip install --quiet --disable-pip-version-check --no-warn-script-location \
        --require-hashes --only-binary :all: --no-deps --ignore-requires-python -r "$env_lock" ||
        _stop "could not install ${env_lock##*/}."
    printf '%s\n' "$env_wanted" >"$env_path/.stamp"
    _say "installed."
}

_uv_pip() { "$env_path/bin/uv" --quiet pip "$@" --python "$env_path/bin/python"; }

_say() { printf '%s: %s\n' "${0##*/}" "$1" >&2; }

_stop() {
    _say "$1"
    exit 2
}
