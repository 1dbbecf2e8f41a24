# backstep in fish; made by 'backstep completion fish'
function __backstep_answer
    set -l words (commandline -opc | string replace -r '^~/' "$HOME/")
    set -l current (commandline -ct)
    command -q $words[1]; and $words[1] completion words -- $words[2..] "$current" 2>/dev/null
end
function __backstep_candidates
    set -l answer (__backstep_answer)
    set -l current (commandline -ct)
    switch "$answer[1]"
        case :directories
            __fish_complete_directories "$current" ''
        case '' ':*'
        case '*'
            set -l flag (string match -r -- '^--[^=]+=' "$current"; or echo)
            printf '%s\n' $flag$answer
    end
end
complete -c backstep -f -a '(__backstep_candidates)'
complete -c backstep -n 'contains :files (__backstep_answer)' -F
