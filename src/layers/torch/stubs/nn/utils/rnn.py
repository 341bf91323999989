def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    return input


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    return sequence, None
